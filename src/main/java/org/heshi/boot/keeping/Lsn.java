package org.heshi.boot.keeping;

/** A place in the database's log, as PostgreSQL writes it: {@code 0/3000028}. */
record Lsn(long value) implements Comparable<Lsn> {

    static Lsn of(String text) {
        int slash = text.indexOf('/');
        return new Lsn(Long.parseLong(text.substring(0, slash), 16) << 32 | Long.parseLong(text.substring(slash + 1), 16));
    }

    /** The number of the segment that holds it. */
    long segment(int bytes) {
        return Long.divideUnsigned(value, bytes);
    }

    /** The file of a segment. */
    static String file(int timeline, long segment, int bytes) {
        long inOne = 0x1_0000_0000L / bytes;
        return "%08X%08X%08X".formatted(timeline, segment / inOne, segment % inOne);
    }

    /** The number of the segment in a file of this name. */
    static long segment(String file, int bytes) {
        return Long.parseLong(file.substring(8, 16), 16) * (0x1_0000_0000L / bytes) + Long.parseLong(file.substring(16, 24), 16);
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(value >>> 32, value & 0xFFFF_FFFFL);
    }
}
