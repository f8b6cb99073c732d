package org.heshi.divisions.trail;

import java.time.Instant;
import java.util.List;

/**
 * The changes of places, or what went along with one of them.
 *
 * @param place code that they are narrowed to; empty: all
 */
public record ChangesPage(String place, String placeName, List<Change> changes, String next, String first) {

    public ChangesPage {
        changes = List.copyOf(changes);
    }

    /**
     * @param command which it was; empty: the program itself, when the day had come
     * @param account of the machine, under which it was given
     * @param ended   how many codes ended by it
     * @param moved   how many kinds of things went along from a code to another, or stayed
     */
    public record Change(long id, Instant at, String command, String account, int ended, long moved, long stayed) {
    }

    /** What went along with one. */
    public record One(Change change, List<Line> lines, String next, String first) {

        public One {
            lines = List.copyOf(lines);
        }
    }

    /** @param now empty: it stayed */
    public record Line(String what, String name, String was, String wasName, String now, String nowName, long count) {
    }
}
