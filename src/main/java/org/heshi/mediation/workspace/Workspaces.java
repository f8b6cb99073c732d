package org.heshi.mediation.workspace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Clause;
import org.heshi.matters.OwnPages;
import org.heshi.matters.Readings;
import org.heshi.matters.Readings.Reading;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.stereotype.Component;

/** From the page of a matter to the mediator's own; forms begin with the text that they change. */
@Component
class Workspaces implements OwnPages {

    static final Set<Role> WORK = Set.of(Role.MEDIATOR, Role.HANDLER, Role.HEAD);

    private final Disputes disputes;
    private final Readings readings;

    Workspaces(Disputes disputes, Readings readings) {
        this.disputes = disputes;
        this.readings = readings;
    }

    @Override
    public Optional<Desk> desk(String kind, UUID matter, MatterNumber number) {
        boolean works = kind.equals("dispute") && Acting.current() instanceof Actor.Staff staff && WORK.stream().anyMatch(staff.held().roles()::contains)
                && worksOn(staff, disputes.find(matter), () -> readings.next(matter));
        return works ? Optional.of(new Desk("mediation.workspace.open", "/mediation/" + number.digits())) : Optional.empty();
    }

    /** Only the unit whose case it is, or who may take it up. */
    static boolean worksOn(Actor.Staff staff, Optional<Dispute> dispute, Supplier<List<Readings.Next>> next) {
        return dispute.map(known -> known.unit().equals(staff.unit())).orElseGet(() -> next.get().stream().anyMatch(one -> one.action().equals("take-up")));
    }

    @Override
    public Map<String, List<String>> filled(String kind, String action, UUID matter) {
        if (!kind.equals("dispute")) {
            return Map.of();
        }
        Optional<Dispute> dispute = disputes.find(matter);
        return switch (action) {
            case "sign-mediator" -> dispute.flatMap(Dispute::draft).map(draft -> Map.of("text", List.of(draft.fingerprint()))).orElse(Map.of());
            case "take-up", "amend" -> dispute.map(_ -> registered(matter)).orElse(Map.of());
            case "draft" -> dispute.map(known -> draft(matter, known)).orElse(Map.of());
            default -> Map.of();
        };
    }

    /** As it was registered before: what is wrong is changed, the rest stands. */
    private Map<String, List<String>> registered(UUID matter) {
        Map<String, List<String>> filled = new LinkedHashMap<>();
        readings.of(matter).stream().filter(entry -> List.of("take-up", "amend").contains(entry.action())).reduce((_, newest) -> newest).ifPresent(before -> {
            List.of("source", "type", "claimed", "entrusted-by", "entrusted-on").forEach(field -> filled.put(field, before.text(field).stream().toList()));
            List.of("applicants", "respondents", "others", "wards").forEach(field -> filled.put(field, before.parties(field).stream().map(Object::toString).toList()));
            List.of("court-number", "facts", "requests").forEach(field -> filled.put(field, List.of(before.word(field))));
        });
        filled.values().removeIf(values -> values.stream().allMatch(String::isBlank));
        return filled;
    }

    /** The newest text, also a void one: what was agreed changes word by word. The first one begins with what was said when the case was taken up. */
    private Map<String, List<String>> draft(UUID matter, Dispute dispute) {
        List<Reading> entries = readings.of(matter);
        Map<String, List<String>> filled = new LinkedHashMap<>();
        entries.stream().filter(entry -> entry.action().equals("draft")).reduce((_, newest) -> newest).ifPresentOrElse(before -> {
            List.of("facts", "issues", "responsibility", "more").forEach(field -> filled.put(field, List.of(before.word(field))));
            filled.put("terms", Clause.read(before.words().getOrDefault("terms", "[]")).stream().map(clause -> String.join("\t", Integer.toString(clause.who()),
                    clause.towards().map(Object::toString).orElse(""), clause.what(), clause.amount().map(Yuan::figures).orElse(""), clause.by().toString(), clause.how())).toList());
            filled.put("copies", List.of(String.valueOf(before.data().get("copies"))));
            before.text("settles").ifPresent(settles -> filled.put("settles", List.of(settles)));
        }, () -> {
            entries.stream().filter(entry -> List.of("take-up", "amend").contains(entry.action())).reduce((_, newest) -> newest).ifPresent(taken -> {
                filled.put("facts", List.of(taken.word("facts")));
                filled.put("issues", List.of(taken.word("requests")));
            });
            filled.put("copies", List.of(Integer.toString(dispute.principals().size() + 1)));
        });
        filled.values().removeIf(values -> values.stream().allMatch(String::isBlank));
        return filled;
    }
}
