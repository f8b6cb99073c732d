package org.heshi.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs the same work by several clients for a while and tells how often and how long. */
public final class Load {

    private Load() {
    }

    /** One client's work. It is closed when the time is up. */
    public interface Client extends AutoCloseable {

        /** One piece. */
        void once() throws Exception;

        /** What passes between two pieces; not measured. */
        default void rest() {
        }

        @Override
        default void close() throws Exception {
        }
    }

    public interface Clients {
        Client make(int number) throws Exception;
    }

    /**
     * @param seconds   how long it was measured
     * @param latencies of each piece in nanoseconds, sorted
     */
    public record Measured(double seconds, long[] latencies) {

        public double rate() {
            return latencies.length / seconds;
        }

        /** In milliseconds. */
        public double percentile(double p) {
            return latencies.length == 0 ? Double.NaN : latencies[(int) Math.min(latencies.length - 1, Math.floor(latencies.length * p))] / 1e6;
        }
    }

    /** Warms up for a while, then measures. The first failure of any client ends the run and is thrown. */
    public static Measured run(int clients, double warmUp, double seconds, Clients work) throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<List<long[]>> taken = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ready = new CountDownLatch(clients);
        CountDownLatch go = new CountDownLatch(1);
        long[] window = new long[2];
        for (int i = 0; i < clients; i++) {
            int number = i;
            List<long[]> mine = new ArrayList<>();
            taken.add(mine);
            threads.add(Thread.ofPlatform().name("client-" + i).start(() -> {
                try (Client client = work.make(number)) {
                    ready.countDown();
                    go.await();
                    while (System.nanoTime() < window[1]) {
                        long from = System.nanoTime();
                        client.once();
                        long to = System.nanoTime();
                        if (from >= window[0] && to <= window[1]) {
                            mine.add(new long[] {to - from});
                        }
                        client.rest();
                    }
                } catch (Throwable failure) {
                    failures.add(failure);
                    ready.countDown();
                }
            }));
        }
        ready.await();
        window[0] = System.nanoTime() + (long) (warmUp * 1e9);
        window[1] = window[0] + (long) (seconds * 1e9);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("a client failed: " + failures.getFirst().getMessage(), failures.getFirst());
        }
        long[] all = taken.stream().flatMap(List::stream).mapToLong(l -> l[0]).toArray();
        Arrays.sort(all);
        return new Measured(seconds, all);
    }
}
