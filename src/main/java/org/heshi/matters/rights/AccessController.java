package org.heshi.matters.rights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.AccessTable;
import org.heshi.access.AccessTable.Cell;
import org.heshi.access.AccessTable.Field;
import org.heshi.access.AccessTable.Sight;
import org.heshi.access.AccessTable.Standing;
import org.heshi.access.Acting;
import org.heshi.directory.Role;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The access table on a page, from the same object that the program goes by. */
@Controller
class AccessController {

    /** Whose task it is to know who may see what. */
    private static final Role[] READERS = {Role.ADMINISTRATOR, Role.AUDITOR, Role.SUPERVISOR};

    @Configuration(proxyBeanMethods = false)
    static class Menu {

        @Bean
        static MenuItem accessTable() {
            return new MenuItem("access.menu", "/access", "lock", 170, Set.of(Role.ADMINISTRATOR.code(), Role.AUDITOR.code(), Role.SUPERVISOR.code()));
        }
    }

    @GetMapping("/access")
    ModelAndView page(@RequestParam(defaultValue = "") String who) {
        Acting.staffWith(READERS);
        String chosen = AccessTable.people().contains(who) ? who : "";
        Map<Bilingual, List<AccessPage.Line>> sections = new LinkedHashMap<>();
        for (AccessTable.Line line : AccessTable.shipped().lines()) {
            if (chosen.isEmpty() || line.who().contains(chosen)) {
                sections.computeIfAbsent(line.section(), _ -> new ArrayList<>()).add(shown(line));
            }
        }
        List<AccessPage.Section> shown = new ArrayList<>();
        sections.forEach((title, lines) -> shown.add(new AccessPage.Section("part-" + shown.size(), title, lines)));
        List<AccessPage.Door> doors = AccessTable.shipped().pages().stream()
                .filter(door -> chosen.isEmpty() || door.who().contains(chosen) || door.who().contains(AccessTable.STRANGER))
                .map(door -> new AccessPage.Door(door.address(), door.who().stream().map(AccessController::role).toList(), door.why())).toList();
        return new ModelAndView("matters/rights/page", Map.of("page", new AccessPage(List.of(Field.values()), shown, doors, AccessTable.people(), chosen)));
    }

    private static AccessPage.Line shown(AccessTable.Line line) {
        return new AccessPage.Line(line.who().stream().map(AccessController::role).toList(),
                line.stands().stream().map(Standing::code).map("access.stands."::concat).toList(), line.kinds().stream().map("access.kinds."::concat).toList(),
                List.of(Field.values()).stream().map(field -> words(line.cells().getOrDefault(field, Cell.NOTHING))).toList(), line.why());
    }

    /** Message key of a role. */
    private static String role(String who) {
        return "access.who." + who;
    }

    private static Optional<AccessPage.Shown> words(Cell cell) {
        List<String> words = new ArrayList<>();
        if (cell.see() != Sight.NO) {
            words.add("access.sight." + cell.see().name().toLowerCase(java.util.Locale.ROOT));
        }
        if (cell.act()) {
            words.add("access.act");
        }
        if (cell.export()) {
            words.add("access.export");
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(new AccessPage.Shown(words));
    }
}
