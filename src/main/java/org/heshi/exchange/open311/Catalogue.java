package org.heshi.exchange.open311;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The services: which categories the county offers to other programs, and what it asks with each. */
@Repository
class Catalogue {

    private final Categories categories;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Catalogue(Categories categories, JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.categories = categories;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Current categories that are offered, by code. */
    Offer offer() {
        Map<String, Category> tree = categories.all().stream().collect(Collectors.toMap(Category::code, Function.identity()));
        return new Offer(tree, Objects.requireNonNull(transactions.execute(_ -> {
            Map<String, List<Attribute>> asked = new LinkedHashMap<>();
            jdbc.sql("select * from exchange.service_attribute order by category, ordinal")
                    .query(r -> {
                        asked.computeIfAbsent(r.getString("category"), _ -> new ArrayList<>()).add(attribute(r));
                    });
            TreeMap<String, Service> all = new TreeMap<>();
            jdbc.sql("select category, type, description, keywords from exchange.service").query(r -> {
                Category category = tree.get(r.getString("category"));
                if (category != null) {
                    Category above = tree.getOrDefault(category.code().substring(0, Math.max(2, category.code().length() - 2)), category);
                    all.put(category.code(), new Service(category, above, r.getString("type").equals("batch"), r.getString("description"), r.getString("keywords"),
                            asked.getOrDefault(category.code(), List.of())));
                }
            });
            return all;
        })));
    }

    private static Attribute attribute(ResultSet r) throws SQLException {
        String[] keys = (String[]) r.getArray("keys").getArray();
        String[] names = (String[]) r.getArray("names").getArray();
        List<Attribute.Value> values = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            values.add(new Attribute.Value(keys[i], names[i]));
        }
        return new Attribute(r.getString("code"), r.getInt("ordinal"), r.getBoolean("variable"), Attribute.Datatype.of(r.getString("datatype")).orElseThrow(),
                r.getBoolean("required"), r.getString("help"), r.getString("description"), values);
    }

    /**
     * What is offered at a moment.
     *
     * @param tree     every current category
     * @param services by code
     */
    record Offer(Map<String, Category> tree, TreeMap<String, Service> services) {

        Optional<Service> find(String code) {
            return Optional.ofNullable(services.get(code));
        }

        /** The service by which a matter of this category is shown: its own category, or the nearest one above that is offered. */
        Optional<Service> of(String category) {
            for (int length = category.length(); length >= 2; length -= 2) {
                Service service = services.get(category.substring(0, length));
                if (service != null) {
                    return Optional.of(service);
                }
            }
            return Optional.empty();
        }

        /** Codes of all categories, also ended ones below, that are shown by one of these services. */
        List<String> categories(List<String> codes, List<String> known) {
            return known.stream().filter(category -> of(category).filter(service -> codes.isEmpty() || codes.contains(service.code())).isPresent()).toList();
        }
    }

    Instant changedAt() {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select changed_at from exchange.catalogue").query(OffsetDateTime.class).single())).toInstant();
    }

    /** Offers a category, or changes how. */
    void keep(String category, boolean batch, String description, String keywords) {
        changing(() -> jdbc.sql("""
                insert into exchange.service (category, type, description, keywords) values (:category, :type, :description, :keywords)
                on conflict (category) do update set type = excluded.type, description = excluded.description, keywords = excluded.keywords""")
                .param("category", category).param("type", batch ? "batch" : "realtime").param("description", description).param("keywords", keywords).update());
    }

    /** Offers a category, or changes how, and asks this with it. */
    void keep(String category, boolean batch, String description, String keywords, List<Attribute> attributes) {
        transactions.executeWithoutResult(_ -> {
            keep(category, batch, description, keywords);
            ask(category, attributes);
        });
    }

    void withdraw(String category) {
        changing(() -> jdbc.sql("delete from exchange.service where category = ?").param(category).update());
    }

    /** What is asked with a service, all of it anew. */
    void ask(String category, List<Attribute> attributes) {
        changing(() -> {
            jdbc.sql("delete from exchange.service_attribute where category = ?").param(category).update();
            attributes.forEach(one -> jdbc.sql("""
                    insert into exchange.service_attribute (category, code, ordinal, variable, datatype, required, help, description, keys, names)
                    values (:category, :code, :ordinal, :variable, :datatype, :required, :help, :description, :keys, :names)""")
                    .param("category", category).param("code", one.code()).param("ordinal", one.order()).param("variable", one.variable())
                    .param("datatype", one.datatype().code()).param("required", one.required()).param("help", one.help()).param("description", one.description())
                    .param("keys", one.values().stream().map(Attribute.Value::key).toArray(String[]::new))
                    .param("names", one.values().stream().map(Attribute.Value::name).toArray(String[]::new)).update());
        });
    }

    private void changing(Runnable change) {
        transactions.executeWithoutResult(_ -> {
            change.run();
            jdbc.sql("update exchange.catalogue set changed_at = ?").param(clock.instant().atOffset(ZoneOffset.UTC)).update();
        });
    }
}
