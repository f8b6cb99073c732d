package org.heshi.supervision.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.springframework.stereotype.Component;

/** Units as people type them: by full name, by a part that only one has, or by pinyin initials. */
@Component
public class TypedUnits {

    private static final int CANDIDATES = 6;
    private static final int COUNTY_DIGITS = 6;

    private final Directory directory;

    TypedUnits(Directory directory) {
        this.directory = directory;
    }

    /** The one unit meant, or a refusal beside the field is added. @param place units of its county are meant */
    public Optional<Unit> one(String field, String typed, String place, List<Refusal> refusals) {
        String words = Words.line(typed);
        if (words.isEmpty()) {
            refusals.add(Refusal.at(field, "supervision-empty"));
            return Optional.empty();
        }
        if (Words.length(words) > 80) {
            refusals.add(Refusal.at(field, "supervision-long", 80));
            return Optional.empty();
        }
        String within = place.substring(0, Math.min(COUNTY_DIGITS, place.length()));
        List<Unit> found = directory.searchUnits(words, within, CANDIDATES);
        List<Unit> exact = found.stream().filter(unit -> unit.name().equals(words)).toList();
        List<Unit> meant = exact.size() == 1 ? exact : found;
        if (meant.isEmpty()) {
            refusals.add(Refusal.at(field, "supervision-unit-unknown", words));
        } else if (meant.size() > 1) {
            refusals.add(Refusal.at(field, "supervision-unit-several", words, meant.stream().map(Unit::name).collect(Collectors.joining(" / "))));
        }
        return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
    }

    /** One unit a line, each once. */
    public List<UUID> lines(String field, String typed, String place, int most, List<Refusal> refusals) {
        List<String> lines = Words.clean(typed).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            refusals.add(Refusal.at(field, "supervision-empty"));
            return List.of();
        }
        if (lines.size() > most) {
            refusals.add(Refusal.at(field, "supervision-units-many", most));
            return List.of();
        }
        Map<UUID, Unit> units = new LinkedHashMap<>();
        lines.forEach(line -> one(field, line, place, refusals).ifPresent(unit -> units.put(unit.id(), unit)));
        return new ArrayList<>(units.keySet());
    }
}
