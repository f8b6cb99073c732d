package org.heshi.access.opening;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.heshi.access.Openings;
import org.heshi.directory.Role;
import org.heshi.kernel.CannotStart;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may open a matter for a given reason, and for how long ({@code heshi.opening.*}) [local].
 *
 * @param roles codes; of those that the access table has in the line "opened"
 * @param lasts 5 minutes to 8 hours
 */
@ConfigurationProperties("heshi.opening")
record OpeningSettings(@DefaultValue("supervisor") Set<String> roles, @DefaultValue("60m") Duration lasts) {

    OpeningSettings {
        roles = Set.copyOf(roles);
        for (String code : roles) {
            if (Role.find(code).filter(Openings::allowed).isEmpty()) {
                throw CannotStart.wrongSettings(List.of("heshi.opening.roles names \"" + code + "\", whom the access table does not let open a matter for a reason."));
            }
        }
        if (lasts.compareTo(Duration.ofMinutes(5)) < 0 || lasts.compareTo(Duration.ofHours(8)) > 0) {
            throw CannotStart.wrongSettings(List.of("heshi.opening.lasts must be between 5m and 8h."));
        }
    }

    Set<Role> asRoles() {
        Set<Role> found = new LinkedHashSet<>();
        roles.forEach(code -> Role.find(code).ifPresent(found::add));
        return found;
    }
}
