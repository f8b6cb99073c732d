package org.heshi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.heshi.matters.log.Packed;

/** Contents of entries changed by somebody with all rights, as they lie in the database. */
public final class Contents {

    private Contents() {
    }

    /** The one content that stands there. @param where after the word */
    public static String of(Statement s, String where) throws SQLException {
        try (ResultSet r = s.executeQuery("select " + Packed.COLUMNS + " from matters.entry e where " + where)) {
            r.next();
            return Packed.content(r);
        }
    }

    /** Changes what stands in some entries. @param digests whether the digests are made to fit @return how many there were */
    public static int change(Statement s, String where, boolean digests, UnaryOperator<String> change) throws SQLException {
        record Changed(UUID matter, int seq, String content) {
        }
        List<Changed> all = new ArrayList<>();
        try (ResultSet r = s.executeQuery("select e.matter, e.seq, " + Packed.COLUMNS + " from matters.entry e where " + where)) {
            while (r.next()) {
                all.add(new Changed(r.getObject("matter", UUID.class), r.getInt("seq"), change.apply(Packed.content(r))));
            }
        }
        try (PreparedStatement p = s.getConnection().prepareStatement(
                "update matters.entry_row set content = null, packed = ?, digest = coalesce(?, digest) where matter = ? and seq = ?")) {
            for (Changed one : all) {
                p.setBytes(1, Packed.pack(one.content));
                p.setBytes(2, digests ? MessageDigest.getInstance("SHA-256").digest(one.content.getBytes(StandardCharsets.UTF_8)) : null);
                p.setObject(3, one.matter);
                p.setInt(4, one.seq);
                p.executeUpdate();
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return all.size();
    }
}
