package org.heshi.divisions.grid;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Grids;
import org.heshi.divisions.Level;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** Grids in the register. Every change locks the edition first, so two administrators cannot be given one number. */
@Component
class GridRegister implements Grids {

    private final JdbcClient jdbc;
    private final Divisions divisions;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    GridRegister(JdbcClient jdbc, Divisions divisions, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.divisions = divisions;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Answer add(String parent, List<String> names) {
        return in(tx -> {
            long edition = nextEdition();
            Division above = standing(parent, Level.VILLAGE, Level.GRID);
            Level level = above.level() == Level.VILLAGE ? Level.GRID : Level.MICRO_GRID;
            int digits = level.digits() - above.level().digits();
            List<String> tidied = names.stream().map(GridRules::tidy).toList();
            int greatest = jdbc.sql("""
                            select coalesce(max(right(code, ?)::int), 0) from divisions.standing where level = ? and code >= ? and code < ?
                            """)
                    .params(digits, level.ordinal() + 1, parent, parent + ":").query(Integer.class).single();
            List<Refusal> reasons = new ArrayList<>(GridRules.namesAreSound("names", tidied, divisions.children(parent).stream().map(Division::name).toList()));
            GridRules.numbersSuffice(greatest, tidied.size(), digits).ifPresent(reasons::add);
            if (!reasons.isEmpty()) {
                return new Refused(reasons);
            }
            List<Division> added = new ArrayList<>();
            for (String name : tidied) {
                String code = parent + ("%0" + digits + "d").formatted(++greatest);
                added.add(new Division(Uuid7.at(clock.instant()), code, level, name));
            }
            UUID[] ids = added.stream().map(Division::id).toArray(UUID[]::new);
            jdbc.sql("insert into divisions.division (id) select unnest(?::uuid[])").params((Object) ids).update();
            jdbc.sql("""
                            insert into divisions.standing (division, code, name, valid_from, edition)
                            select division, code, name, ?, ? from unnest(?::uuid[], ?::text[], ?::text[]) as w (division, code, name)
                            """)
                    .params(today(), edition, ids, added.stream().map(Division::code).toArray(String[]::new), tidied.toArray(String[]::new))
                    .update();
            return new Done(added);
        });
    }

    @Override
    public Answer rename(String code, String name) {
        return in(tx -> {
            long edition = nextEdition();
            Division grid = standing(code, Level.GRID, Level.MICRO_GRID);
            String tidied = GridRules.tidy(name);
            if (tidied.equals(grid.name())) {
                return new Done(List.of(grid));
            }
            String parent = code.substring(0, Level.values()[grid.level().ordinal() - 1].digits());
            List<Refusal> reasons = GridRules.namesAreSound("name", List.of(tidied), divisions.children(parent).stream().map(Division::name).toList());
            if (!reasons.isEmpty()) {
                return new Refused(reasons);
            }
            LocalDate today = today();
            int corrected = jdbc.sql("""
                            update divisions.standing set name = ?, edition = ? where division = ? and valid_to = 'infinity' and valid_from = ?
                            """)
                    .params(tidied, edition, grid.id(), today).update();
            if (corrected == 0) {
                jdbc.sql("""
                                with ended as (
                                  update divisions.standing set valid_to = ?, edition = ? where division = ? and valid_to = 'infinity'
                                  returning division, code
                                )
                                insert into divisions.standing (division, code, name, valid_from, edition)
                                select division, code, ?, ?, ? from ended
                                """)
                        .params(today, edition, grid.id(), tidied, today, edition).update();
            }
            return new Done(List.of(new Division(grid.id(), code, grid.level(), tidied)));
        });
    }

    @Override
    public Answer end(String code) {
        return in(tx -> {
            long edition = nextEdition();
            Division grid = standing(code, Level.GRID, Level.MICRO_GRID);
            Optional<Refusal> reason = GridRules.nothingStandsBelow(divisions.children(code).size());
            if (reason.isPresent()) {
                return new Refused(List.of(reason.get()));
            }
            jdbc.sql("update divisions.standing set valid_to = ?, edition = ? where division = ? and valid_to = 'infinity'")
                    .params(today(), edition, grid.id()).update();
            return new Done(List.of(grid));
        });
    }

    private Division standing(String code, Level one, Level other) {
        return divisions.find(code).filter(d -> d.level() == one || d.level() == other)
                .orElseThrow(() -> new NoSuchElementException("no " + one + " or " + other + " " + code + " stands today"));
    }

    private long nextEdition() {
        return jdbc.sql("update divisions.edition set number = nextval('divisions.edition_number') returning number").query(Long.class).single();
    }

    private LocalDate today() {
        return CivilTime.dateOf(clock.instant());
    }

    private Answer in(TransactionCallback<Answer> work) {
        return Objects.requireNonNull(transactions.execute(work));
    }
}
