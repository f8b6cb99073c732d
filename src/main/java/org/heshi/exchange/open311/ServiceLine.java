package org.heshi.exchange.open311;

/**
 * A category in the list of what is offered.
 *
 * @param more  whether there are categories below
 * @param asked how many questions stand with it
 * @param below how many are offered below it
 */
public record ServiceLine(String code, String name, boolean more, boolean offered, int asked, long below) {
}
