package org.heshi.matters.templates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The ready words. PostgreSQL lets only administrators change them. */
@Repository
@Transactional(readOnly = true)
public class Templates {

    private final JdbcClient jdbc;

    Templates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those a unit may use for an action: everybody's and its own, by title. */
    public List<Template> offered(UUID unit, String action) {
        return jdbc.sql("""
                select id, unit, action, title, words, ended from matters.template
                 where not ended and action = ? and (unit is null or unit = ?) order by unit nulls last, title, id limit 100""")
                .params(action, unit).query(Templates::read).list();
    }

    /** Everything an administrator keeps, current ones first. */
    public List<Template> all() {
        return jdbc.sql("""
                select id, unit, action, title, words, ended from matters.template order by ended, action, title, id limit 500""")
                .query(Templates::read).list();
    }

    public Optional<Template> find(UUID id) {
        return jdbc.sql("select id, unit, action, title, words, ended from matters.template where id = ?").param(id)
                .query(Templates::read).optional();
    }

    /** Writes new ones or changes those with the same id. */
    @Transactional
    public void keep(Template template) {
        int changed = jdbc.sql("""
                insert into matters.template (id, unit, action, title, words, ended) values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update set unit = excluded.unit, action = excluded.action, title = excluded.title, words = excluded.words,
                  ended = excluded.ended""")
                .param(template.id()).param(template.unit().orElse(null)).param(template.action()).param(template.title())
                .param(template.words()).param(template.ended())
                .update();
        if (changed != 1) {
            throw new IllegalStateException("the template " + template.id() + " was not kept");
        }
    }

    private static Template read(ResultSet r, int row) throws SQLException {
        return new Template(r.getObject("id", UUID.class), Optional.ofNullable(r.getObject("unit", UUID.class)), r.getString("action"),
                r.getString("title"), r.getString("words"), r.getBoolean("ended"));
    }
}
