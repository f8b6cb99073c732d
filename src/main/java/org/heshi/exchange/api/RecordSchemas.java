package org.heshi.exchange.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.kernel.Bilingual;
import org.jspecify.annotations.Nullable;

/** Records as JSON Schemas, exactly as they are written: every component is there, null where it may be, and nothing else. */
final class RecordSchemas {

    private final Map<String, Object> schemas = new LinkedHashMap<>();
    private final Map<String, Class<?>> types = new HashMap<>();

    /** By name, with all that the records hold. */
    Map<String, Object> all() {
        return schemas;
    }

    static String name(Class<?> type) {
        return type.getSimpleName();
    }

    void add(Class<?> type) {
        Class<?> known = types.putIfAbsent(name(type), type);
        if (known == type) {
            return;
        }
        if (known != null) {
            throw new IllegalStateException("two records of one name: " + known + ", " + type);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schemas.put(name(type), schema);
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> one = component.isAnnotationPresent(Schema.class) || component.getAccessor().isAnnotationPresent(Schema.class)
                    ? new LinkedHashMap<>(Map.of("type", "object")) : of(component.getAnnotatedType());
            properties.put(component.getName(), component.getAnnotatedType().isAnnotationPresent(Nullable.class) ? orNull(one) : one);
            required.add(component.getName());
        }
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
    }

    private static Map<String, Object> orNull(Map<String, Object> one) {
        if (one.get("type") instanceof String type) {
            one.put("type", List.of(type, "null"));
            return one;
        }
        return new LinkedHashMap<>(Map.of("anyOf", List.of(one, Map.of("type", "null"))));
    }

    private Map<String, Object> of(AnnotatedType annotated) {
        Type type = annotated.getType();
        Map<String, Object> one = new LinkedHashMap<>();
        if (type instanceof ParameterizedType generic) {
            AnnotatedType[] arguments = ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
            if (generic.getRawType() == List.class) {
                one.put("type", "array");
                one.put("items", of(arguments[0]));
            } else {
                one.put("type", "object");
                one.put("additionalProperties", of(arguments[1]));
            }
        } else if (type == String.class) {
            one.put("type", "string");
        } else if (type == int.class || type == long.class || type == Long.class || type == Integer.class) {
            one.put("type", "integer");
        } else if (type == boolean.class || type == Boolean.class) {
            one.put("type", "boolean");
        } else if (type == Instant.class) {
            one.put("type", "string");
            one.put("format", "date-time");
        } else if (type == LocalDate.class) {
            one.put("type", "string");
            one.put("format", "date");
        } else if (type == UUID.class) {
            one.put("type", "string");
            one.put("format", "uuid");
        } else if (type == Bilingual.class || type instanceof Class<?> raw && raw.isRecord()) {
            Class<?> raw = (Class<?>) type;
            add(raw);
            one.put("$ref", "#/components/schemas/" + name(raw));
        } else {
            one.put("type", "object");
        }
        return one;
    }
}
