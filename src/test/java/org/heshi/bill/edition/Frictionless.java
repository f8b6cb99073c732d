package org.heshi.bill.edition;

import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A reader of data packages written from the specifications (Data Package, Tabular Data Resource, Table Schema, CSV Dialect, RFC 4180), and from nothing of ours. */
final class Frictionless {

    private static final Set<String> TYPES = Set.of("string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime", "year", "yearmonth", "duration", "geopoint",
            "geojson", "any");

    private Frictionless() {
    }

    /** What is wrong with a description. */
    static List<String> problems(JsonNode described) {
        List<String> problems = new ArrayList<>();
        if (!described.path("name").asString("").matches("[a-z0-9._/-]+")) {
            problems.add("a name is lower case letters, digits, '.', '_' and '-'");
        }
        if (described.path("resources").isEmpty()) {
            problems.add("at least one resource is required");
        }
        Set<String> names = new HashSet<>();
        for (JsonNode resource : described.path("resources")) {
            String name = resource.path("name").asString("");
            if (!name.matches("[a-z0-9._/-]+") || !names.add(name)) {
                problems.add("each resource has a name of its own: " + name);
            }
            String path = resource.path("path").asString("");
            if (path.isEmpty() || path.startsWith("/") || path.contains("..") || !path.startsWith("http") && URI.create(path).isAbsolute()) {
                problems.add("a path is relative or an http address: " + path);
            }
            if (!resource.path("profile").asString("").equals("tabular-data-resource") || resource.path("schema").path("fields").isEmpty()) {
                problems.add("a tabular resource has a schema with fields: " + name);
            }
            Set<String> fields = new HashSet<>();
            for (JsonNode field : resource.path("schema").path("fields")) {
                if (!fields.add(field.path("name").asString("")) || !TYPES.contains(field.path("type").asString("string"))) {
                    problems.add("a field: " + field);
                }
            }
            for (JsonNode key : resource.path("schema").path("primaryKey")) {
                if (!fields.contains(key.asString())) {
                    problems.add("a key that is no field: " + key);
                }
            }
        }
        for (JsonNode licence : described.path("licenses")) {
            if (licence.path("name").asString("").isEmpty() && licence.path("path").asString("").isEmpty()) {
                problems.add("a licence has a name or a path");
            }
        }
        for (JsonNode source : described.path("sources")) {
            if (source.path("title").asString("").isEmpty()) {
                problems.add("a source has a title");
            }
        }
        return problems;
    }

    /** What is wrong with a file of that schema. */
    static List<String> problems(JsonNode schema, String csv) {
        List<String> problems = new ArrayList<>();
        List<List<String>> rows = rows(csv);
        List<JsonNode> fields = new ArrayList<>();
        schema.get("fields").forEach(fields::add);
        if (!rows.getFirst().equals(fields.stream().map(field -> field.get("name").asString()).toList())) {
            problems.add("the header is " + rows.getFirst());
        }
        Set<List<String>> keys = new HashSet<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != fields.size()) {
                problems.add("cells of " + row);
                continue;
            }
            List<String> key = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                JsonNode field = fields.get(i);
                String wrong = wrong(field, row.get(i));
                if (!wrong.isEmpty()) {
                    problems.add(field.get("name").asString() + ": " + wrong);
                }
                for (JsonNode part : schema.path("primaryKey")) {
                    if (part.asString().equals(field.get("name").asString())) {
                        if (row.get(i).isEmpty()) {
                            problems.add("a key is missing in " + row);
                        }
                        key.add(row.get(i));
                    }
                }
            }
            if (!keys.add(key)) {
                problems.add("twice: " + key);
            }
        }
        return problems;
    }

    private static String wrong(JsonNode field, String cell) {
        JsonNode constraints = field.path("constraints");
        if (cell.isEmpty()) {
            return constraints.path("required").asBoolean(false) ? "missing" : "";
        }
        try {
            switch (field.get("type").asString()) {
                case "integer" -> {
                    long n = Long.parseLong(cell);
                    if (constraints.has("minimum") && n < constraints.get("minimum").asLong()) {
                        return "too small: " + cell;
                    }
                }
                case "number" -> new BigDecimal(cell);
                case "yearmonth" -> YearMonth.parse(cell);
                case "datetime" -> OffsetDateTime.parse(cell);
                default -> {
                    // any words
                }
            }
        } catch (RuntimeException e) {
            return cell;
        }
        if (constraints.has("enum")) {
            List<String> values = new ArrayList<>();
            constraints.get("enum").forEach(value -> values.add(value.asString()));
            return values.contains(cell) ? "" : "none of " + values + ": " + cell;
        }
        return "";
    }

    /** RFC 4180. */
    private static List<List<String>> rows(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    cell.append(c);
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        return rows;
    }
}
