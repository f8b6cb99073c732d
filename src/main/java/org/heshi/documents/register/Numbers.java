package org.heshi.documents.register;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.documents.PaperNumber;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Uuid7;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives numbers, one after the other for each unit, word and year; the row that counts is locked until the caller's transaction ends. */
@Component
class Numbers {

    static final RowMapper<PaperNumber> ROW = (r, _) -> new PaperNumber(r.getObject("id", UUID.class), r.getObject("unit", UUID.class), r.getString("word"),
            r.getInt("year"), r.getInt("number"), r.getString("form"));
    /** What a place is called by without saying what it is. */
    private static final String KIND_OF_PLACE = "(社会治安综合治理中心|人民政府|街道办事处|街道|社区|自治县|镇|乡|村|县|市|区)$";

    private final JdbcClient jdbc;
    private final Directory directory;
    private final Divisions divisions;
    private final String form;

    Numbers(JdbcClient jdbc, Directory directory, Divisions divisions, @Value("${heshi.documents.number-form:（{year}）{word}字第{number}号}") String form) {
        this.form = checked(form);
        this.jdbc = jdbc;
        this.directory = directory;
        this.divisions = divisions;
    }

    /** Without one of its parts, or with two of them side by side, two papers could bear the same number. */
    static String checked(String form) {
        boolean parted = form.length() <= 60 && form.matches("[^{}]*\\{[a-z]+}[^{}0-9]+\\{[a-z]+}[^{}0-9]+\\{[a-z]+}[^{}]*");
        if (!parted || !Stream.of("{year}", "{word}", "{number}").allMatch(form::contains)) {
            throw CannotStart.because("heshi.documents.number-form: a form of numbers has {year}, {word} and {number} with something between them, such as （{year}）{word}字第{number}号; it is "
                    + form + ".");
        }
        return form;
    }

    /** Inside a transaction. */
    PaperNumber next(UUID matter, UUID unit, String series, Instant now) {
        Unit of = directory.findUnit(unit).orElseThrow();
        String[] proposed = {shortName(of) + series, of.name() + series};
        UUID id = Uuid7.at(now);
        int year = CivilTime.of(now).getYear();
        return jdbc.sql("select word, number from documents.give_number(:id, :unit, :series, :proposed, :year, :matter, :now, :form)")
                .param("id", id).param("unit", unit).param("series", series).param("proposed", proposed).param("year", year).param("matter", matter)
                .param("now", now.atOffset(ZoneOffset.UTC)).param("form", form)
                .query((r, _) -> new PaperNumber(id, unit, r.getString("word"), year, r.getInt("number"), form)).single();
    }

    /** The place without saying what kind of place it is: 枫桥 of 枫桥镇. */
    private String shortName(Unit unit) {
        String place = divisions.find(unit.division()).map(Division::name).orElse(unit.name());
        String cut = place.replaceFirst(KIND_OF_PLACE, "");
        return cut.isEmpty() ? place : cut;
    }

    List<PaperNumber> of(UUID matter) {
        return jdbc.sql("select id, unit, word, year, number, form from documents.number where matter = ? order by id").param(matter).query(ROW).list();
    }
}
