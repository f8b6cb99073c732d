package org.heshi.statistics.cube;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Cells by key, and how they are packed: keys ascending, each as what it is more than the one before; which sums are not 0; these; the two histograms. The same
 * cells are always the same bytes, so that two ways of counting can be compared byte by byte.
 */
final class Cells {

    static final byte[] NOTHING = new byte[0];

    private static final int ACCEPTED = 1 << Cell.SUMS;
    private static final int CLOSED = 1 << Cell.SUMS + 1;

    private final Map<Long, Cell> cells = new HashMap<>();

    Cell at(long key) {
        return cells.computeIfAbsent(key, _ -> new Cell());
    }

    void add(Cells other, int sign) {
        other.cells.forEach((key, cell) -> at(key).add(cell, sign));
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    byte[] packed() {
        long[] keys = cells.entrySet().stream().filter(e -> !e.getValue().nothing()).mapToLong(Map.Entry::getKey).sorted().toArray();
        Bytes out = new Bytes(keys.length * 24 + 8);
        long before = 0;
        for (long key : keys) {
            out.number(key - before);
            before = key;
            Cell cell = cells.get(key);
            int mask = 0;
            for (int i = 0; i < Cell.SUMS; i++) {
                mask |= cell.sums[i] != 0 ? 1 << i : 0;
            }
            mask |= cell.accepted.nothing() ? 0 : ACCEPTED;
            mask |= cell.closed.nothing() ? 0 : CLOSED;
            out.number(mask);
            for (long sum : cell.sums) {
                if (sum != 0) {
                    out.signed(sum);
                }
            }
            times(out, cell.accepted, mask & ACCEPTED);
            times(out, cell.closed, mask & CLOSED);
        }
        return out.made();
    }

    private static void times(Bytes out, Cell.Times times, int there) {
        if (there == 0) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < times.size; i++) {
            kept += times.counts[i] != 0 ? 1 : 0;
        }
        out.number(kept);
        int before = 0;
        for (int i = 0; i < times.size; i++) {
            if (times.counts[i] != 0) {
                out.number(times.buckets[i] - before);
                out.signed(times.counts[i]);
                before = times.buckets[i];
            }
        }
    }

    /** Adds packed cells. */
    void add(byte[] packed, int sign) {
        read(packed, sign, key -> at(key));
    }

    /** Where a packed cell is added; null: it is passed over. */
    @FunctionalInterface
    interface Into {
        @org.jspecify.annotations.Nullable Cell of(long key);
    }

    /** Hands each packed cell's key on with what its received, closed, reopened and open sums are; times are passed over. */
    @FunctionalInterface
    interface Stock {
        void of(long key, long received, long closed, long reopened, long open);
    }

    /** Only what a stock is reckoned from: no cell is made and no time is added up. */
    static void stock(byte[] packed, Stock into) {
        Bytes in = new Bytes(packed);
        long key = 0;
        while (in.more()) {
            key += in.number();
            int mask = (int) in.number();
            long received = 0;
            long closed = 0;
            long reopened = 0;
            long open = 0;
            for (int rest = mask & (1 << Cell.SUMS) - 1; rest != 0; rest &= rest - 1) {
                long sum = in.signed();
                switch (Integer.numberOfTrailingZeros(rest)) {
                    case Cell.RECEIVED -> received = sum;
                    case Cell.CLOSED -> closed = sum;
                    case Cell.REOPENED -> reopened = sum;
                    case Cell.OPEN -> open = sum;
                    default -> { }
                }
            }
            for (int times = Integer.bitCount(mask & (ACCEPTED | CLOSED)); times > 0; times--) {
                for (long numbers = 2 * in.number(); numbers > 0; numbers--) {
                    in.pass();
                }
            }
            into.of(key, received, closed, reopened, open);
        }
    }

    static void read(byte[] packed, int sign, Into into) {
        Bytes in = new Bytes(packed);
        long key = 0;
        while (in.more()) {
            key += in.number();
            int mask = (int) in.number();
            Cell cell = into.of(key);
            for (int rest = mask & (1 << Cell.SUMS) - 1; rest != 0; rest &= rest - 1) {
                long sum = in.signed();
                if (cell != null) {
                    cell.sums[Integer.numberOfTrailingZeros(rest)] += sign * sum;
                }
            }
            if ((mask & ACCEPTED) != 0) {
                readTimes(in, cell == null ? null : cell.accepted, sign);
            }
            if ((mask & CLOSED) != 0) {
                readTimes(in, cell == null ? null : cell.closed, sign);
            }
        }
    }

    private static void readTimes(Bytes in, Cell.@org.jspecify.annotations.Nullable Times times, int sign) {
        int bucket = 0;
        for (long n = in.number(); n > 0; n--) {
            bucket += (int) in.number();
            long count = in.signed();
            if (times != null) {
                times.add(bucket, sign * count);
            }
        }
    }

    /** Bytes that are written or read. */
    static final class Bytes {
        private byte[] bytes;
        private int at;
        private final int end;

        Bytes(int size) {
            bytes = new byte[size];
            end = 0;
        }

        Bytes(byte[] read) {
            bytes = read;
            end = read.length;
        }

        boolean more() {
            return at < end;
        }

        void number(long n) {
            if (at + 10 > bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2 + 10);
            }
            while ((n & ~0x7FL) != 0) {
                bytes[at++] = (byte) (n | 0x80);
                n >>>= 7;
            }
            bytes[at++] = (byte) n;
        }

        void signed(long n) {
            number(n << 1 ^ n >> 63);
        }

        void id(java.util.UUID id) {
            if (at + 16 > bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2 + 16);
            }
            java.nio.ByteBuffer.wrap(bytes, at, 16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            at += 16;
        }

        java.util.UUID id() {
            java.nio.ByteBuffer b = java.nio.ByteBuffer.wrap(bytes, at, 16);
            at += 16;
            return new java.util.UUID(b.getLong(), b.getLong());
        }

        void text(String text) {
            byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            number(utf8.length);
            if (at + utf8.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2 + utf8.length);
            }
            System.arraycopy(utf8, 0, bytes, at, utf8.length);
            at += utf8.length;
        }

        String text() {
            int n = (int) number();
            String text = new String(bytes, at, n, java.nio.charset.StandardCharsets.UTF_8);
            at += n;
            return text;
        }

        long number() {
            long n = 0;
            for (int shift = 0;; shift += 7) {
                byte b = bytes[at++];
                n |= (b & 0x7FL) << shift;
                if (b >= 0) {
                    return n;
                }
            }
        }

        /** One number is passed over. */
        void pass() {
            while (bytes[at++] < 0) {
                // its next byte
            }
        }

        long signed() {
            long n = number();
            return n >>> 1 ^ -(n & 1);
        }

        byte[] made() {
            return Arrays.copyOf(bytes, at);
        }
    }
}
