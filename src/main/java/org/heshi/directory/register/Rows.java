package org.heshi.directory.register;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;

/** How rows of the schema become what the directory says. */
public final class Rows {

    private Rows() {
    }

    /** Columns id, type, name, division_code, parent. */
    public static Unit unit(ResultSet row, int number) throws SQLException {
        return new Unit(row.getObject("id", UUID.class), unitType(row.getString("type")), row.getString("name"), row.getString("division_code"),
                Optional.ofNullable(row.getObject("parent", UUID.class)));
    }

    static HeldPost heldPost(ResultSet row, int number) throws SQLException {
        return new HeldPost(row.getObject("post", UUID.class), row.getString("title"), row.getObject("person", UUID.class),
                row.getString("person_name"), row.getObject("unit", UUID.class), row.getString("unit_name"), unitType(row.getString("unit_type")),
                row.getString("division"), roles(row.getArray("roles")), row.getBoolean("stand_in"));
    }

    static Person person(ResultSet row, int number) throws SQLException {
        return new Person(row.getObject("id", UUID.class), row.getString("name"), Optional.ofNullable(row.getString("phone")),
                Optional.ofNullable(row.getString("email")));
    }

    static Post post(ResultSet row, int number) throws SQLException {
        return new Post(row.getObject("id", UUID.class), row.getObject("unit", UUID.class), row.getString("title"),
                roles(row.getArray("roles")), row.getString("division"));
    }

    public static UnitType unitType(String code) {
        return UnitType.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public static Set<Role> roles(Array column) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String code : (String[]) column.getArray()) {
            roles.add(Role.find(code).orElseThrow());
        }
        return roles;
    }

    /** As a parameter for {@code any (?::uuid[])}. */
    public static String[] ids(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
