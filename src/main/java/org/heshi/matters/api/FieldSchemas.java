package org.heshi.matters.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Field;

/** The fields of an action as a JSON Schema (2020-12): what a program may send. Files are not sent this way. */
final class FieldSchemas {

    private static final int LINE = 200;

    private FieldSchemas() {
    }

    static Map<String, Object> of(Action action, Procedure procedure, Locale locale) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Field field : action.fields()) {
            if (field.type() == Procedure.Type.FILES) {
                continue;
            }
            properties.put(field.name(), of(field, action, procedure, locale));
            if (field.required() && field.when().isEmpty()) {
                required.add(field.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> of(Field field, Action action, Procedure procedure, Locale locale) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("title", field.label().in(locale));
        field.hint().ifPresent(hint -> one.put("description", hint.in(locale)));
        switch (field.type()) {
            case LINE, NAME, ADDRESS, DETAIL, PHONE, EMAIL, IDENTITY -> text(one, field.max() > 0 ? field.max() : LINE);
            case TEXT -> text(one, field.max() > 0 ? field.max() : 5000);
            case CHOICE -> choice(one, List.copyOf(field.options().keySet()));
            case LEVEL -> choice(one, List.of("blue", "yellow", "red"));
            case OUTCOME -> choice(one, action.outcomes().isEmpty() ? List.copyOf(procedure.outcomes().keySet()) : action.outcomes());
            case BOOLEAN -> one.put("type", "boolean");
            case NUMBER -> number(one, 0, field.max() > 0 ? field.max() : 1_000_000_000);
            case RATING -> number(one, 1, 5);
            case DATE -> formatted(one, "date");
            case TIME -> formatted(one, "date-time");
            case DIVISION -> pattern(one, "^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15}|[0-9]{17})$");
            case POINT -> pattern(one, "^-?[0-9]{1,3}(\\.[0-9]{1,10})?,-?[0-9]{1,3}(\\.[0-9]{1,10})?$");
            case CATEGORY -> pattern(one, "^[0-9]{2}([0-9]{2}){0,2}$");
            case KIND, CODE, PICK -> text(one, 40);
            case UNIT, POST -> formatted(one, "uuid");
            case MATTER -> pattern(one, "^[0-9]{13}$");
            case AMOUNT, SUM -> pattern(one, "^[0-9]{1,12}(\\.[0-9]{1,2})?$");
            case UNITS -> {
                one.put("type", "array");
                one.put("items", Map.of("type", "string", "format", "uuid"));
            }
            case PARTIES, CLAUSES -> {
                one.put("type", "array");
                one.put("items", Map.of("type", "string"));
            }
            case FILES -> throw new IllegalStateException("files are not sent so");
        }
        return one;
    }

    private static void text(Map<String, Object> one, int most) {
        one.put("type", "string");
        one.put("maxLength", most);
    }

    private static void choice(Map<String, Object> one, List<String> codes) {
        one.put("type", "string");
        one.put("enum", codes);
    }

    private static void number(Map<String, Object> one, int least, int most) {
        one.put("type", "integer");
        one.put("minimum", least);
        one.put("maximum", most);
    }

    private static void formatted(Map<String, Object> one, String format) {
        one.put("type", "string");
        one.put("format", format);
    }

    private static void pattern(Map<String, Object> one, String pattern) {
        one.put("type", "string");
        one.put("pattern", pattern);
    }
}
