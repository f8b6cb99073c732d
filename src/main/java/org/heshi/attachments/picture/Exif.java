package org.heshi.attachments.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The one thing that is read of EXIF before it is thrown away: which side is up. */
final class Exif {

    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private Exif() {
    }

    /** The orientation in a TIFF structure between two offsets, 1 when it says none or is damaged. */
    static int orientation(byte[] file, int from, int to) {
        if (to - from < 14) {
            return 1;
        }
        ByteBuffer tiff = ByteBuffer.wrap(file, from, to - from).slice();
        if (tiff.get(0) == 'I' && tiff.get(1) == 'I') {
            tiff.order(ByteOrder.LITTLE_ENDIAN);
        } else if (tiff.get(0) != 'M' || tiff.get(1) != 'M') {
            return 1;
        }
        long directory = Integer.toUnsignedLong(tiff.getInt(4));
        if (tiff.getShort(2) != 42 || directory + 2 > tiff.limit()) {
            return 1;
        }
        int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > tiff.limit()) {
                return 1;
            }
            int at = (int) entry;
            if (Short.toUnsignedInt(tiff.getShort(at)) == ORIENTATION && tiff.getShort(at + 2) == SHORT) {
                int value = Short.toUnsignedInt(tiff.getShort(at + 8));
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
