package org.heshi.calendar.importing;

import java.util.Objects;

/**
 * A notice as somebody typed or pasted it.
 *
 * @param year   for which year
 * @param source which notice it is, as 国办发明电〔2026〕7号
 * @param days   lines of date, kind and name, or JSON
 */
public record NoticeForm(String year, String source, String days) {

    public NoticeForm {
        year = Objects.requireNonNullElse(year, "");
        source = Objects.requireNonNullElse(source, "");
        days = Objects.requireNonNullElse(days, "");
    }
}
