package org.heshi.bill.open;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.heshi.bill.edition.BillSettings;
import org.heshi.bill.edition.Edition;
import org.heshi.bill.edition.EditionCsv;
import org.heshi.divisions.Divisions;
import org.heshi.matters.MattersSettings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The description of the files as a Frictionless Data Package (version 1, which readers of version 2 read as well). */
@Component
class DataPackage {

    record Field(String name, String type) {
    }

    static final List<Field> EDITIONS = List.of(new Field("number", "integer"), new Field("month", "yearmonth"), new Field("released_at", "datetime"),
            new Field("recounted", "string"), new Field("sha256", "string"), new Field("address", "string"));
    static final List<Field> ANSWERS = List.of(new Field("id", "string"), new Field("kind", "string"), new Field("town", "string"), new Field("released_at", "datetime"),
            new Field("title", "string"), new Field("question", "string"), new Field("answer", "string"), new Field("address", "string"));

    private final Divisions divisions;
    private final MattersSettings county;
    private final BillSettings settings;
    private final MessageSource messages;
    private final String base;

    DataPackage(Divisions divisions, MattersSettings county, BillSettings settings, MessageSource messages, @Value("${heshi.base-url:http://127.0.0.1:8080}") String base) {
        this.divisions = divisions;
        this.county = county;
        this.settings = settings;
        this.messages = messages;
        this.base = base;
    }

    private String said(String key, Object... arguments) {
        return messages.getMessage(key, arguments, Locale.SIMPLIFIED_CHINESE);
    }

    /** @param editions the newest first */
    Map<String, Object> of(List<Edition.Heading> editions) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("profile", "tabular-data-package");
        all.put("name", "heshi-bill-" + county.county());
        all.put("title", said("bill.data.name", divisions.fullName(county.county())));
        all.put("description", said("bill.data.about"));
        all.put("homepage", base + "/bill");
        all.put("id", base + "/bill/data/datapackage.json");
        all.put("version", (editions.isEmpty() ? 0 : editions.getFirst().number()) + ".0.0");
        if (!editions.isEmpty()) {
            all.put("created", editions.getFirst().releasedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        all.put("licenses", List.of(Map.of("name", settings.licence(), "path", settings.licenceAddress())));
        all.put("sources", List.of(Map.of("title", said("bill.data.source", divisions.fullName(county.county())), "path", base + "/bill")));
        List<Map<String, Object>> resources = new ArrayList<>();
        for (Edition.Heading one : editions) {
            Map<String, Object> resource = resource("bill-" + one.number(), said("bill.edition", one.number()), figures(false), List.of("month", "town_code", "category_code"));
            resource.put("hash", "sha256:" + one.digest());
            resources.add(resource);
        }
        if (!editions.isEmpty()) {
            resources.add(resource("bill-newest", said("bill.data.newest"), figures(false), List.of("month", "town_code", "category_code")));
            resources.add(resource("bill-all", said("bill.data.all"), figures(true), List.of("edition", "month", "town_code", "category_code")));
        }
        resources.add(resource("editions", said("bill.data.editions"), fields("editions", EDITIONS), List.of("number")));
        resources.add(resource("answers", said("bill.answers"), fields("answers", ANSWERS), List.of("id")));
        all.put("resources", resources);
        return all;
    }

    private Map<String, Object> resource(String name, String title, List<Map<String, Object>> fields, List<String> key) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("profile", "tabular-data-resource");
        resource.put("name", name);
        resource.put("title", title);
        resource.put("path", base + "/bill/data/" + name + ".csv");
        resource.put("format", "csv");
        resource.put("mediatype", "text/csv");
        resource.put("encoding", "utf-8");
        resource.put("dialect", Map.of("delimiter", ",", "lineTerminator", "\r\n", "quoteChar", "\"", "doubleQuote", true, "header", true));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("fields", fields);
        schema.put("primaryKey", key);
        schema.put("missingValues", List.of(""));
        resource.put("schema", schema);
        return resource;
    }

    private List<Map<String, Object>> figures(boolean all) {
        List<Map<String, Object>> fields = new ArrayList<>();
        if (all) {
            fields.add(field("figures", new Field("edition", "integer")));
        }
        EditionCsv.COLUMNS.forEach(column -> fields.add(field("figures", new Field(column.name(), column.type()))));
        return fields;
    }

    private List<Map<String, Object>> fields(String of, List<Field> columns) {
        return columns.stream().map(column -> field(of, column)).toList();
    }

    private Map<String, Object> field(String of, Field column) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("name", column.name());
        field.put("type", column.type());
        String key = column.name().replace("listed_", "").replace("_status", "");
        String suffix = column.name().startsWith("listed_") ? said("bill.data.column.listed") : column.name().endsWith("_status") ? said("bill.data.column.status") : "";
        field.put("description", said("bill.data.column." + of + "." + key.replace('_', '-')) + suffix);
        if (column.name().endsWith("_status")) {
            field.put("constraints", Map.of("required", true, "enum", List.of("told", "not-told", "at-most-k")));
        } else if (column.type().equals("integer")) {
            field.put("constraints", Map.of("minimum", 0));
        }
        return field;
    }
}
