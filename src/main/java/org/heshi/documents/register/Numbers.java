package org.heshi.documents.register;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.documents.PaperNumber;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives numbers, one after the other for each unit, word and year; the row that counts is locked until the caller's transaction ends. */
@Component
class Numbers {

    static final RowMapper<PaperNumber> ROW = (r, _) -> new PaperNumber(r.getObject("id", UUID.class), r.getObject("unit", UUID.class), r.getString("word"),
            r.getInt("year"), r.getInt("number"));
    /** What a place is called by without saying what it is. */
    private static final String KIND_OF_PLACE = "(社会治安综合治理中心|人民政府|街道办事处|街道|社区|自治县|镇|乡|村|县|市|区)$";

    private final JdbcClient jdbc;
    private final Directory directory;
    private final Divisions divisions;

    Numbers(JdbcClient jdbc, Directory directory, Divisions divisions) {
        this.jdbc = jdbc;
        this.directory = directory;
        this.divisions = divisions;
    }

    /** Inside a transaction. */
    PaperNumber next(UUID matter, UUID unit, String series, Instant now) {
        Unit of = directory.findUnit(unit).orElseThrow();
        String[] proposed = {shortName(of) + series, of.name() + series};
        UUID id = Uuid7.at(now);
        int year = CivilTime.of(now).getYear();
        return jdbc.sql("select word, number from documents.give_number(:id, :unit, :series, :proposed, :year, :matter, :now)")
                .param("id", id).param("unit", unit).param("series", series).param("proposed", proposed).param("year", year).param("matter", matter)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new PaperNumber(id, unit, r.getString("word"), year, r.getInt("number"))).single();
    }

    /** The place without saying what kind of place it is: 枫桥 of 枫桥镇. */
    private String shortName(Unit unit) {
        String place = divisions.find(unit.division()).map(Division::name).orElse(unit.name());
        String cut = place.replaceFirst(KIND_OF_PLACE, "");
        return cut.isEmpty() ? place : cut;
    }

    List<PaperNumber> of(UUID matter) {
        return jdbc.sql("select id, unit, word, year, number from documents.number where matter = ? order by id").param(matter).query(ROW).list();
    }
}
