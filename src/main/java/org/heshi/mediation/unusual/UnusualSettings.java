package org.heshi.mediation.unusual;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From when on agreements are shown to supervisors as unusual ({@code heshi.mediation.unusual.*}).
 *
 * @param within two written agreements of one committee in force within so long
 * @param oral   so many oral agreements of one mediator on a day
 * @param least  texts shorter than so many characters are never called the same: there is only one way to say that somebody is sorry
 * @param signed signatures of several parties of one case within so long
 * @param handed signatures so soon after staff handed out code or link to somebody who cannot be reached
 * @param keep   how long marks of signatures are kept after the case file was bound
 */
@ConfigurationProperties("heshi.mediation.unusual")
public record UnusualSettings(@DefaultValue("60s") Duration within, @DefaultValue("5") int oral, @DefaultValue("20") int least, @DefaultValue("60s") Duration signed,
        @DefaultValue("10m") Duration handed, @DefaultValue("180d") Duration keep) {

    public UnusualSettings {
        if (within.isNegative() || within.isZero() || signed.isNegative() || handed.isNegative() || keep.isNegative() || oral < 2 || least < 1) {
            throw new IllegalArgumentException("heshi.mediation.unusual: within must be longer than nothing, no other time less than nothing, oral 2 or more, least 1 or more");
        }
    }
}
