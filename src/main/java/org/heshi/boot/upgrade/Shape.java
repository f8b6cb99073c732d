package org.heshi.boot.upgrade;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** Everything of a database but its rows, one line for each thing, the same in every major version. */
final class Shape {

    /** Things of extensions come with them; NOT NULL is a property of the column, though version 18 lists it as a constraint as well. */
    private static final String LINES = """
            with own as (
              select c.*, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            ), functions as (
              select p.*, n.nspname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
              where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            )
            select format('role %s super=%s inherit=%s createrole=%s createdb=%s login=%s replication=%s bypassrls=%s limit=%s config=%s', rolname, rolsuper, rolinherit,
                          rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit, rolconfig)
            from pg_roles where rolname !~ '^pg_'
            union all
            select format('member %s of %s', pg_get_userbyid(member), pg_get_userbyid(roleid)) from pg_auth_members where pg_get_userbyid(member) !~ '^pg_'
            union all
            select format('setting of %s: %s', case when setrole = 0 then 'everybody' else pg_get_userbyid(setrole) end, setconfig)
            from pg_db_role_setting where setdatabase in (0, (select oid from pg_database where datname = current_database()))
            union all
            select format('database %s %s %s %s', pg_get_userbyid(datdba), datcollate, datctype, pg_encoding_to_char(encoding)) from pg_database
            where datname = current_database()
            union all
            select format('database may %s', a) from pg_database d, unnest(d.datacl) a where datname = current_database()
            union all
            select format('extension %s', extname) from pg_extension
            union all
            select format('schema %s of %s', nspname, pg_get_userbyid(nspowner)) from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
            union all
            select format('schema %s may %s', nspname, a) from pg_namespace, unnest(nspacl) a where nspname !~ '^pg_' and nspname <> 'information_schema'
            union all
            select format('%s %I.%I of %s rls=%s force=%s options=%s: %s', case relkind when 'r' then 'table' when 'v' then 'view' when 'm' then 'materialized view'
                          when 'S' then 'sequence' when 'p' then 'partitioned table' else relkind::text end, nspname, relname, pg_get_userbyid(relowner),
                          relrowsecurity, relforcerowsecurity, reloptions, obj_description(oid, 'pg_class'))
            from own where relkind not in ('i', 'I', 't', 'c')
            union all
            select format('%I.%I may %s', nspname, relname, a) from own, unnest(relacl) a
            union all
            select format('column %I.%I.%I %s notnull=%s generated=%s identity=%s collation=%s default=%s: %s', nspname, relname, attname,
                          format_type(atttypid, atttypmod), attnotnull, attgenerated, attidentity, attcollation::regcollation,
                          pg_get_expr(adbin, adrelid), col_description(own.oid, attnum))
            from own join pg_attribute on attrelid = own.oid and attnum > 0 and not attisdropped
            left join pg_attrdef on adrelid = attrelid and adnum = attnum where relkind in ('r', 'p', 'v', 'm')
            union all
            select format('column %I.%I.%I may %s', nspname, relname, attname, a) from own join pg_attribute on attrelid = own.oid, unnest(attacl) a
            union all
            select format('constraint %s on %I.%I: %s', conname, nspname, relname, pg_get_constraintdef(k.oid)) from own join pg_constraint k on conrelid = own.oid
            where contype <> 'n'
            union all
            select format('index %s', pg_get_indexdef(oid)) from own where relkind in ('i', 'I')
            union all
            select format('trigger on %I.%I enabled=%s: %s', nspname, relname, tgenabled, pg_get_triggerdef(g.oid)) from own join pg_trigger g on tgrelid = own.oid
            where not tgisinternal
            union all
            select format('view %I.%I: %s', nspname, relname, pg_get_viewdef(oid)) from own where relkind in ('v', 'm')
            union all
            select format('policy %s on %I.%I for %s to %s permissive=%s using %s check %s', policyname, schemaname, tablename, cmd, roles, permissive, qual, with_check)
            from pg_policies
            union all
            select format('function of %s: %s', pg_get_userbyid(proowner), pg_get_functiondef(oid)) from functions where prokind in ('f', 'p')
            union all
            select format('function %I.%I(%s) may %s', nspname, proname, pg_get_function_identity_arguments(oid), a) from functions, unnest(proacl) a
            union all
            select format('type %I.%I %s: %s', n.nspname, typname, typtype, (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid))
            from pg_type t join pg_namespace n on n.oid = typnamespace
            where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and typtype in ('e', 'd', 'r')
              and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
            union all
            select format('default of %s in %s for %s: %s', pg_get_userbyid(defaclrole), defaclnamespace::regnamespace, defaclobjtype, defaclacl) from pg_default_acl
            """;

    private Shape() {
    }

    static Set<String> of(Connection c) throws SQLException {
        Set<String> lines = new TreeSet<>();
        try (Statement s = c.createStatement()) {
            // names are written in full
            s.execute("set search_path = ''");
            try (ResultSet r = s.executeQuery(LINES)) {
                while (r.next()) {
                    lines.add(r.getString(1).strip());
                }
            }
        }
        return lines;
    }
}
