package org.heshi.matters.seal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What stays of a matter of which a part was erased, as it lies beside the keys: a backup from before holds it under a key that is destroyed.
 *
 * @param digest of the entry by which the part was erased: a database without that entry is from before it
 * @param at     when that entry was recorded
 */
public record KeptWords(int seq, byte[] digest, Instant at, List<Word> words) {

    private static final int VERSION = 1;

    /** @param sealed under the key that took the place of the destroyed one */
    public record Word(int seq, String field, int ordinal, byte[] sealed) {
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(seq);
            out.writeInt(digest.length);
            out.write(digest);
            out.writeLong(at.toEpochMilli());
            out.writeInt(words.size());
            for (Word word : words) {
                out.writeInt(word.seq());
                out.writeUTF(word.field());
                out.writeInt(word.ordinal());
                out.writeInt(word.sealed().length);
                out.write(word.sealed());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static KeptWords read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                throw new IllegalStateException("what is kept beside the keys was written by another version of this program");
            }
            int seq = in.readInt();
            byte[] digest = in.readNBytes(in.readInt());
            Instant at = Instant.ofEpochMilli(in.readLong());
            List<Word> words = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                words.add(new Word(in.readInt(), in.readUTF(), in.readInt(), in.readNBytes(in.readInt())));
            }
            return new KeptWords(seq, digest, at, words);
        } catch (IOException e) {
            throw new IllegalStateException("what is kept beside the keys is damaged", e);
        }
    }
}
