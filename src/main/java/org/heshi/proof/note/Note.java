package org.heshi.proof.note;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A text with signatures below it, as transparency logs write them (C2SP signed-note): the text with its last line break, an empty line, and a line
 * for each signature.
 */
public record Note(String text, List<Signature> signatures) {

    private static final String DASH = "\u2014 ";
    private static final int ID = 4;
    private static final int MOST_SIGNATURES = 100;

    public record Signature(String name, byte[] id, byte[] bytes) {
    }

    public Note {
        if (text.startsWith("\n") || !text.endsWith("\n") || text.contains("\n\n") || text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new IllegalArgumentException("a note has lines without control characters and ends with a line break");
        }
        signatures = List.copyOf(signatures);
    }

    /** Signed by that key alone. */
    public static Note signed(String text, SigningKey key) {
        return new Note(text, List.of(new Signature(key.verifier().name(), key.verifier().id(), key.sign(text.getBytes(StandardCharsets.UTF_8)))));
    }

    /** Reads what {@link #toString()} writes; empty when it is no note. */
    public static Optional<Note> parse(String note) {
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0 || !note.endsWith("\n")) {
            return Optional.empty();
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(gap + 2).lines().toList()) {
            String[] parts = line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1) : new String[0];
            if (parts.length != 2 || parts[0].isEmpty() || signatures.size() == MOST_SIGNATURES) {
                return Optional.empty();
            }
            try {
                byte[] bytes = Base64.getDecoder().decode(parts[1]);
                if (bytes.length <= ID) {
                    return Optional.empty();
                }
                signatures.add(new Signature(parts[0], Arrays.copyOf(bytes, ID), Arrays.copyOfRange(bytes, ID, bytes.length)));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
        if (signatures.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Note(note.substring(0, gap + 1), signatures));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The key that signed it, when it is one of these. A wrong signature in the name of one of them makes the whole note worth nothing. */
    public Optional<VerifyingKey> signer(Collection<VerifyingKey> known) {
        Optional<VerifyingKey> signer = Optional.empty();
        for (Signature signature : signatures) {
            for (VerifyingKey key : known) {
                if (key.name().equals(signature.name()) && Arrays.equals(key.id(), signature.id())) {
                    if (!key.verifies(text.getBytes(StandardCharsets.UTF_8), signature.bytes())) {
                        return Optional.empty();
                    }
                    signer = signer.isPresent() ? signer : Optional.of(key);
                }
            }
        }
        return signer;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(text).append('\n');
        for (Signature signature : signatures) {
            byte[] bytes = Arrays.copyOf(signature.id(), ID + signature.bytes().length);
            System.arraycopy(signature.bytes(), 0, bytes, ID, signature.bytes().length);
            out.append(DASH).append(signature.name()).append(' ').append(Base64.getEncoder().encodeToString(bytes)).append('\n');
        }
        return out.toString();
    }
}
