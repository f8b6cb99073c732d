package org.heshi.mediation.papers;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a county keeps its files of mediation ({@code heshi.mediation.*}).
 *
 * @param retention term that is offered first: {@code short}, {@code long} or {@code permanent}
 */
@ConfigurationProperties("heshi.mediation")
record PaperSettings(@DefaultValue("long") Retention retention) {
}
