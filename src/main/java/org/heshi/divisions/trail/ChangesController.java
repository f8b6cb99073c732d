package org.heshi.divisions.trail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Page;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The trail of places that changed. The security chain lets only administrators come here. */
@Controller
class ChangesController {

    private static final String HERE = "/admin/place-changes";
    private static final int CHANGES = 24;
    private static final int LINES = 100;
    private static final String CHANGE = """
            select c.*, (select count(*) from divisions.moved m where m.change = c.id and m.now <> '') as moved, (select count(*) from divisions.moved m where m.change = c.id and m.now = '') as stayed
              from divisions.change c
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Divisions divisions;

    ChangesController(JdbcClient jdbc, TransactionTemplate transactions, Divisions divisions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.divisions = divisions;
    }

    @Bean
    static MenuItem placeChangesMenu() {
        return new MenuItem("divisions.menu.changes", HERE, "pin", 921, Set.of("ADMINISTRATOR"));
    }

    @GetMapping(HERE)
    String changes(@RequestParam(defaultValue = "") String place, @RequestParam(defaultValue = "") String after, Model model) {
        String code = place.matches("[1-9][0-9]{1,16}") ? place : "";
        String narrowed = code.isEmpty() ? "" : "&place=" + code;
        // ':' is the character after '9'
        Page<ChangesPage.Change> page = Page.cut(within(() -> jdbc.sql(CHANGE + """
                 where c.id < :after and (:place = '' or c.id in (
                   select m.change from divisions.moved m where m.was >= :place and m.was < :place || ':' union select m.change from divisions.moved m where m.now >= :place and m.now < :place || ':'))
                 order by c.id desc limit :limit
                """).param("after", key(after, Long.MAX_VALUE)).param("place", code).param("limit", CHANGES + 1).query(ChangesController::change).list()), CHANGES, one -> Long.toString(one.id()));
        model.addAttribute("page", new ChangesPage(code, code.isEmpty() ? "" : divisions.namesEver(List.of(code)).getOrDefault(code, code), page.rows(),
                page.next().map(key -> HERE + "?after=" + key + narrowed).orElse(""), after.isEmpty() ? "" : HERE + (code.isEmpty() ? "" : "?place=" + code)));
        return "divisions/trail/list";
    }

    @GetMapping(HERE + "/{id}")
    String change(@PathVariable long id, @RequestParam(defaultValue = "") String after, Model model) {
        ChangesPage.Change change = within(() -> jdbc.sql(CHANGE + " where c.id = ?").param(id).query(ChangesController::change).optional())
                .orElseThrow(() -> new NoSuchElementException("no such change"));
        Page<Row> page = Page.cut(within(() -> jdbc.sql("select id, what, name, was, now, count from divisions.moved where change = ? and id > ? order by id limit ?")
                .params(id, key(after, 0), LINES + 1).query(Row.class).list()), LINES, row -> Long.toString(row.id()));
        Map<String, String> names = divisions.namesEver(page.rows().stream().flatMap(row -> Stream.of(row.was(), row.now())).collect(Collectors.toSet()));
        model.addAttribute("page", new ChangesPage.One(change, page.rows().stream().map(row -> new ChangesPage.Line(row.what(), row.name(), row.was(), names.getOrDefault(row.was(), ""), row.now(),
                names.getOrDefault(row.now(), ""), row.count())).toList(), page.next().map(key -> HERE + "/" + id + "?after=" + key).orElse(""), after.isEmpty() ? "" : HERE + "/" + id));
        return "divisions/trail/page";
    }

    private record Row(long id, String what, String name, String was, String now, long count) {
    }

    private static long key(String after, long otherwise) {
        return after.matches("[0-9]{1,18}") ? Long.parseLong(after) : otherwise;
    }

    private <T> T within(java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }

    private static ChangesPage.Change change(ResultSet r, int row) throws SQLException {
        return new ChangesPage.Change(r.getLong("id"), r.getObject("at", OffsetDateTime.class).toInstant(), r.getString("command"), r.getString("account"), r.getInt("ended"), r.getLong("moved"),
                r.getLong("stayed"));
    }
}
