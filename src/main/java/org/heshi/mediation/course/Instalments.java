package org.heshi.mediation.course;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Picks;
import org.heshi.mediation.course.Dispute.Instalment;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Items of the agreement in force that are still to be performed, the one that is due first before the others. */
@Component
class Instalments implements Picks {

    private final Disputes disputes;
    private final MessageSource messages;
    private final InstantSource clock;

    Instalments(Disputes disputes, MessageSource messages, InstantSource clock) {
        this.disputes = disputes;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public Set<String> lists() {
        return Set.of("instalments");
    }

    @Override
    public List<Pick> offered(String list, UUID matter) {
        LocalDate today = CivilTime.dateOf(clock.instant());
        return disputes.find(matter).map(Dispute::due).orElse(List.of()).stream().filter(one -> one.doneOn().isEmpty())
                .sorted(java.util.Comparator.comparing(Instalment::due).thenComparing(Instalment::ordinal))
                .map(one -> new Pick(Integer.toString(one.ordinal()), called(one), one.lateOn(today) ? words("mediation.course.late") : new Bilingual("", ""))).toList();
    }

    @Override
    public Optional<Bilingual> name(String list, UUID matter, String value) {
        return Optional.of(new Bilingual(words("mediation.course.item", value).zh(), words("mediation.course.item", value).en()));
    }

    private Bilingual called(Instalment one) {
        String towards = one.towards().map(Object::toString).orElse("");
        return one.left().map(left -> words(one.towards().isPresent() ? "mediation.course.owes" : "mediation.course.does", Integer.toString(one.ordinal()), Integer.toString(one.who()), towards,
                one.due().toString(), left.figures())).orElseGet(() -> words("mediation.course.does", Integer.toString(one.ordinal()), Integer.toString(one.who()), towards, one.due().toString()));
    }

    private Bilingual words(String key, Object... arguments) {
        return new Bilingual(messages.getMessage(key, arguments, Locale.SIMPLIFIED_CHINESE), messages.getMessage(key, arguments, Locale.ENGLISH));
    }
}
