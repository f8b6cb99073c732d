package org.heshi.mediation.roster;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Companion;
import org.heshi.mediation.course.Disputes;
import org.springframework.stereotype.Component;

/** Nobody is named as mediator who is off the roster or whose term is over. */
@Component
class NamingMediators implements Companion {

    private final Mediators mediators;
    private final Disputes disputes;

    NamingMediators(Mediators mediators, Disputes disputes) {
        this.mediators = mediators;
        this.disputes = disputes;
    }

    @Override
    public boolean takesPart(String kind, String action) {
        return kind.equals("dispute") && action.equals("appoint");
    }

    @Override
    public Judged judge(Step step) {
        record Named(String field, UUID post) {
        }
        List<Named> named = Stream.of("mediator", "second").filter(field -> Objects.nonNull(step.data().get(field)))
                .flatMap(field -> Ids.find((String) step.data().get(field)).map(post -> new Named(field, post)).stream()).toList();
        return disputes.find(step.matter()).map(dispute -> {
            Standing standing = mediators.standing(dispute.unit(), named.stream().map(Named::post).toList());
            return Judged.refused(named.stream().flatMap(one -> standing.against(one.post()).map(why -> Refusal.at(one.field(), "mediation-roster-" + why)).stream()).toArray(Refusal[]::new));
        }).orElse(Judged.FINE);
    }

    @Override
    public void keep(Step step) {
        // the course of the case keeps who mediates
    }
}
