package org.heshi.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One measurement that the program can make of itself: rooms declare beans of it, {@code ./heshi bench NAME} runs one. */
public interface Bench {

    String name();

    /** What it measures, in a sentence or two, and which options it takes. */
    String measures();

    /**
     * Measures.
     *
     * @throws IllegalArgumentException when an option is missing or wrong; its message is for the person at the keyboard
     */
    List<Figure> run(Map<String, String> options) throws Exception;

    /** Of another process on this machine, such as the database's for one connection; nothing where the kernel does not tell. */
    static Duration processorTime(long process) {
        try {
            String told = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            String[] fields = told.substring(told.lastIndexOf(')') + 2).split(" ");
            return Duration.ofMillis(10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }

    /**
     * One figure.
     *
     * @param unit {@code s}, {@code ms}, {@code 1/s}, {@code x} (a ratio), {@code rows}, {@code MB}
     * @param note what it is to be compared with; may be empty
     */
    record Figure(String name, double value, String unit, String note) {
    }
}
