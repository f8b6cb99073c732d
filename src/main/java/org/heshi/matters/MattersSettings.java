package org.heshi.matters;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a county configures of its matters ({@code heshi.matters.*}).
 *
 * @param node       number of this node, 0 to 999: the first three digits of every number given here
 * @param county     code of the county that this centre serves; a report that names no place belongs to it
 * @param bounds     south, west, north, east of the county in degrees (WGS 84); a map point outside is refused. Empty: the mainland's
 * @param reopenFor  how long after the close a resident may open a matter again [local]
 * @param escalateDays  how long after a limit in days is over its unit's head, then the centre's supervisors, then those above are told [local]
 * @param escalateHours the same for limits in hours [local]
 * @param serviceHours when limits in hours run whose procedure says {@code hours: service}, as {@link ServiceHours#parse} reads it [local]
 * @param originals  kinds of matters in which what was sent in is kept beside the picture drawn of it, as evidence [local]
 * @param codeKey    file with the key of the residents' codes; made at the first start
 */
@ConfigurationProperties("heshi.matters")
public record MattersSettings(
        @DefaultValue("1") int node,
        @DefaultValue("330681") String county,
        @DefaultValue({}) List<Double> bounds,
        @DefaultValue("30d") Duration reopenFor,
        @DefaultValue({"1 WORKDAY", "3 WORKDAY", "5 WORKDAY"}) List<Limit> escalateDays,
        @DefaultValue({"1 HOUR", "4 HOUR", "24 HOUR"}) List<Limit> escalateHours,
        @DefaultValue("daily 08:00-20:00") String serviceHours,
        @DefaultValue({"dispute", "petition"}) List<String> originals,
        @DefaultValue("./data/code.key") Path codeKey) {

    public MattersSettings {
        if (node < 0 || node > 999) {
            throw new IllegalArgumentException("heshi.node must be 0 to 999");
        }
        if (escalateDays.size() > 3 || escalateHours.size() > 3) {
            throw new IllegalArgumentException("heshi.matters.escalate-days and escalate-hours take at most three limits: for the head, the supervisors, those above");
        }
        try {
            ServiceHours.parse(serviceHours);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("heshi.matters.service-hours: " + e.getMessage(), e);
        }
        originals = List.copyOf(originals);
        escalateDays = List.copyOf(escalateDays);
        escalateHours = List.copyOf(escalateHours);
        bounds = bounds.isEmpty() ? List.of(3.0, 73.0, 54.0, 136.0) : List.copyOf(bounds);
        if (bounds.size() != 4) {
            throw new IllegalArgumentException("heshi.matters.bounds takes four numbers: south, west, north, east");
        }
    }

    /** When the centre serves. */
    public ServiceHours served() {
        return ServiceHours.parse(serviceHours);
    }

    /** Whether a point lies within the county's bounds. */
    public boolean holds(double latitude, double longitude) {
        return latitude >= bounds.get(0) && latitude <= bounds.get(2) && longitude >= bounds.get(1) && longitude <= bounds.get(3);
    }
}
