package org.heshi.matters.look;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.access.Looks.Look;
import org.heshi.access.Looks.What;
import org.heshi.access.Openings;
import org.heshi.access.Openings.Opening;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.MatterView;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** For whoever reported a matter: which offices opened it, when, and how each stands to it (Personal Information Protection Law, article 44). */
@Controller
class WhoLookedController {

    private final Looks looks;
    private final MatterViews views;
    private final Directory directory;
    private final Openings openings;

    WhoLookedController(Looks looks, MatterViews views, Directory directory, Openings openings) {
        this.looks = looks;
        this.views = views;
        this.directory = directory;
        this.openings = openings;
    }

    @GetMapping("/follow/{number}/looks")
    ModelAndView page(@PathVariable String number) {
        Optional<MatterNumber> parsed = MatterNumber.parse(number);
        Optional<UUID> mine = Acting.current() instanceof Actor.Resident resident ? parsed.flatMap(views::find).filter(resident.matter()::equals) : Optional.empty();
        if (mine.isEmpty()) {
            // the code is asked for there
            return new ModelAndView("redirect:/follow" + parsed.map(asked -> "/" + asked.digits()).orElse(""));
        }
        return new ModelAndView("matters/look/who", Map.of("page", new WhoLookedPage(parsed.orElseThrow(), lines(mine.get()), opened(mine.get()))));
    }

    private static final List<What> MORE = List.of(What.OPENED, What.MATTER, What.CONTACTS);

    private List<WhoLookedPage.Opened> opened(UUID id) {
        List<Opening> all = openings.of(id);
        Map<UUID, Unit> units = directory.units(all.stream().map(Opening::unit).distinct().toList());
        return all.stream().map(opening -> new WhoLookedPage.Opened(Optional.ofNullable(units.get(opening.unit())).map(Unit::name).orElse(""), opening.openedAt(),
                "opened.ground." + opening.ground().code(), opening.judgement().map(said -> said.justified() ? "opened.justified.yes" : "opened.justified.no")
                        .orElse("looks.opened.not-judged"))).toList();
    }

    private List<WhoLookedPage.Line> lines(UUID id) {
        MatterView matter = views.get(id);
        record Visit(UUID unit, Instant hour) {
        }
        Map<Visit, What> visits = new LinkedHashMap<>();
        for (Look look : looks.of(id)) {
            // contacts are more than the matter, which is more than what is shown to who has no part in it
            visits.merge(new Visit(look.unit(), look.hour()), look.what(), (one, other) -> MORE.indexOf(one) > MORE.indexOf(other) ? one : other);
        }
        Map<UUID, Unit> units = directory.units(visits.keySet().stream().map(Visit::unit).distinct().toList());
        Set<UUID> helpers = matter.helpers().stream().map(Unit::id).collect(Collectors.toSet());
        List<WhoLookedPage.Line> lines = new ArrayList<>();
        visits.forEach((visit, what) -> {
            boolean desk = matter.desk().filter(unit -> unit.id().equals(visit.unit())).isPresent();
            boolean lead = matter.lead().filter(unit -> unit.id().equals(visit.unit())).isPresent();
            String why = lead ? "lead" : desk ? "desk" : helpers.contains(visit.unit()) ? "helper" : what == What.OPENED ? "opened" : "other";
            lines.add(new WhoLookedPage.Line(Optional.ofNullable(units.get(visit.unit())).map(Unit::name).orElse(""), visit.hour(), "looks.why." + why,
                    "looks.what." + what.name().toLowerCase(Locale.ROOT)));
        });
        return lines;
    }
}
