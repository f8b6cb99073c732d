package org.heshi.statistics.cube;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cells by key, and how they are packed: keys ascending, each as what it is more than the one before; which sums are not 0; these; the two histograms. The same
 * cells are always the same bytes, so that two ways of counting can be compared byte by byte.
 */
final class Cells {

    static final byte[] NOTHING = new byte[0];

    private static final int ACCEPTED = 1 << Cell.SUMS;
    private static final int CLOSED = 1 << Cell.SUMS + 1;
    private static final int SUMMED = (1 << Cell.SUMS) - 1;

    /** By their keys, each at the place that its key says or the next free one. */
    private long[] keys = new long[8];
    private @Nullable Cell[] cells = new Cell[8];
    private int size;

    Cell at(long key) {
        int i = slot(key);
        Cell there = cells[i];
        if (there != null) {
            return there;
        }
        Cell cell = new Cell();
        if (2 * ++size > keys.length) {
            grow();
            i = slot(key);
        }
        keys[i] = key;
        cells[i] = cell;
        return cell;
    }

    @Nullable Cell find(long key) {
        return cells[slot(key)];
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int i = (int) (mixed >>> 32) & keys.length - 1;
        while (cells[i] != null && keys[i] != key) {
            i = i + 1 & keys.length - 1;
        }
        return i;
    }

    private void grow() {
        long[] before = keys;
        @Nullable Cell[] of = cells;
        keys = new long[2 * before.length];
        cells = new Cell[keys.length];
        for (int i = 0; i < before.length; i++) {
            if (of[i] != null) {
                int to = slot(before[i]);
                keys[to] = before[i];
                cells[to] = of[i];
            }
        }
    }

    @FunctionalInterface
    interface Each {
        void of(long key, Cell cell);
    }

    void each(Each each) {
        for (int i = 0; i < keys.length; i++) {
            Cell cell = cells[i];
            if (cell != null) {
                each.of(keys[i], cell);
            }
        }
    }

    void add(Cells other, int sign) {
        other.each((key, cell) -> at(key).add(cell, sign));
    }

    boolean isEmpty() {
        return size == 0;
    }

    byte[] packed() {
        if (size == 0) {
            return NOTHING;
        }
        long[] sorted = new long[size];
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (cells[i] != null) {
                sorted[n++] = keys[i];
            }
        }
        Arrays.sort(sorted);
        Bytes out = new Bytes(size * 24 + 8);
        long before = 0;
        for (long key : sorted) {
            Cell cell = Objects.requireNonNull(find(key));
            int mask = 0;
            for (int i = 0; i < Cell.SUMS; i++) {
                mask |= cell.sums[i] != 0 ? 1 << i : 0;
            }
            mask |= cell.accepted.nothing() ? 0 : ACCEPTED;
            mask |= cell.closed.nothing() ? 0 : CLOSED;
            if (mask == 0) {
                continue;
            }
            out.number(key - before);
            before = key;
            out.number(mask);
            for (int rest = mask & SUMMED; rest != 0; rest &= rest - 1) {
                out.signed(cell.sums[Integer.numberOfTrailingZeros(rest)]);
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
        read(packed, sign, Long.MAX_VALUE, key -> at(key));
    }

    /** Where a packed cell is added; null: it is passed over. */
    @FunctionalInterface
    interface Into {
        @Nullable Cell of(long key);
    }

    /** Hands each packed cell's key on with what its received, closed, reopened and open sums are; times are passed over. */
    @FunctionalInterface
    interface Stock {
        void of(long key, long received, long closed, long reopened, long open);
    }

    /** Only what a stock is reckoned from: no cell is made and no time is added up. @param last the highest key that can count */
    static void stock(byte[] packed, long last, Stock into) {
        Bytes in = new Bytes(packed);
        long key = 0;
        while (in.more()) {
            key += in.number();
            if (key > last) {
                return;
            }
            int mask = (int) in.number();
            long received = 0;
            long closed = 0;
            long reopened = 0;
            long open = 0;
            for (int rest = mask & SUMMED; rest != 0; rest &= rest - 1) {
                long sum = in.signed();
                switch (Integer.numberOfTrailingZeros(rest)) {
                    case Cell.RECEIVED -> received = sum;
                    case Cell.CLOSED -> closed = sum;
                    case Cell.REOPENED -> reopened = sum;
                    case Cell.OPEN -> open = sum;
                    default -> { }
                }
            }
            passTimes(in, mask);
            into.of(key, received, closed, reopened, open);
        }
    }

    /** What all of them together add to what stands open. @param now whether they are what is open now */
    static long net(byte[] packed, boolean now) {
        long[] sum = new long[1];
        stock(packed, Long.MAX_VALUE, (_, received, closed, reopened, open) -> sum[0] += now ? open : received - closed + reopened);
        return sum[0];
    }

    /** @param last the highest key that can count: cells stand by their keys, so that nothing behind it need be looked at */
    static void read(byte[] packed, int sign, long last, Into into) {
        Bytes in = new Bytes(packed);
        long key = 0;
        while (in.more()) {
            key += in.number();
            if (key > last) {
                return;
            }
            int mask = (int) in.number();
            Cell cell = into.of(key);
            if (cell == null) {
                pass(in, mask);
                continue;
            }
            for (int rest = mask & SUMMED; rest != 0; rest &= rest - 1) {
                cell.sums[Integer.numberOfTrailingZeros(rest)] += sign * in.signed();
            }
            if ((mask & ACCEPTED) != 0) {
                readTimes(in, cell.accepted, sign);
            }
            if ((mask & CLOSED) != 0) {
                readTimes(in, cell.closed, sign);
            }
        }
    }

    private static void pass(Bytes in, int mask) {
        for (int sums = Integer.bitCount(mask & SUMMED); sums > 0; sums--) {
            in.pass();
        }
        passTimes(in, mask);
    }

    private static void passTimes(Bytes in, int mask) {
        for (int times = Integer.bitCount(mask & (ACCEPTED | CLOSED)); times > 0; times--) {
            for (long numbers = 2 * in.number(); numbers > 0; numbers--) {
                in.pass();
            }
        }
    }

    private static void readTimes(Bytes in, Cell.Times times, int sign) {
        int bucket = 0;
        for (long n = in.number(); n > 0; n--) {
            bucket += (int) in.number();
            times.add(bucket, sign * in.signed());
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
            byte first = bytes[at++];
            if (first >= 0) {
                return first;
            }
            long n = first & 0x7FL;
            for (int shift = 7;; shift += 7) {
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
