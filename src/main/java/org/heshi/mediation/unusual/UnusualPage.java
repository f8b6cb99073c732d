package org.heshi.mediation.unusual;

import java.time.Instant;
import java.util.List;

/** @param seconds within which two agreements are called close @param oral so many a day are called many */
public record UnusualPage(String month, List<Section> sections, long seconds, int oral, long signed, long handed, boolean mayNote) {

    public UnusualPage {
        sections = List.copyOf(sections);
    }

    /** @param what {@code text}, {@code signature}, {@code close}, {@code device}, {@code quick}, {@code handed} or {@code oral} */
    public record Section(String what, List<Item> items) {

        public Section {
            items = List.copyOf(items);
        }
    }

    /** @param who committee or mediator; may be empty @param amount seconds between them, or how many there were */
    public record Item(String about, String who, String day, long amount, List<Case> cases, List<Note> notes) {

        public Item {
            cases = List.copyOf(cases);
            notes = List.copyOf(notes);
        }
    }

    public record Case(String number, String href) {
    }

    public record Note(String words, String name, Instant at) {
    }
}
