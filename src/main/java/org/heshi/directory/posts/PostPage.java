package org.heshi.directory.posts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.directory.Person;
import org.heshi.directory.Post;
import org.heshi.directory.Unit;

/** Everything about one post, as its page shows it: newest holding first. */
public record PostPage(Post post, Unit unit, Optional<String> ownPlace, Instant startedAt, boolean ended, List<Held> held) {

    /** @param lastDay the last whole day; empty when open */
    public record Held(UUID id, Person person, LocalDate firstDay, Optional<LocalDate> lastDay, Stage stage, List<Away> leaves) {
    }

    public record Away(UUID id, LocalDate firstDay, LocalDate lastDay, Optional<String> standIn, Stage stage) {
    }

    public enum Stage {
        COMING, NOW, PAST;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Stage of(Instant from, Optional<Instant> to, Instant now) {
            return now.isBefore(from) ? COMING : to.isPresent() && !now.isBefore(to.get()) ? PAST : NOW;
        }
    }
}
