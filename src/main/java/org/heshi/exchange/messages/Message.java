package org.heshi.exchange.messages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a resident wrote to another board, and what was answered there.
 *
 * @param sender as the board showed it; a pseudonym or a name
 */
record Message(String sender, String title, Instant receivedAt, String text, Optional<Reply> reply, Optional<String> category) {

    record Reply(String text, Instant at) {
    }

    /**
     * By what the same row is known again, whatever id the file gives it: SHA-256 over sender, title, time and text, and over the reply and its time
     * when there is one, each in compatibility form with single spaces, so that another export of the same board gives the same. A message that
     * two offices answered is two rows, and neither answer is lost. Hexadecimal, 64 characters.
     */
    String digest() {
        StringBuilder whole = new StringBuilder();
        List<String> parts = new ArrayList<>(List.of(sender, title, receivedAt.toString(), text));
        reply.ifPresent(answer -> parts.addAll(List.of(answer.text(), answer.at().toString())));
        for (String part : parts) {
            String normal = Normalizer.normalize(part, Normalizer.Form.NFKC).replaceAll("\\s+", " ").strip();
            whole.append(normal.length()).append(':').append(normal);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
