package org.heshi.exchange.open311;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heshi.kernel.Refusal;

/**
 * How a category is offered, as it was typed.
 *
 * @param attributes a line for each question: {@code code | datatype | required or optional or told | question | help | key=name, key=name}
 */
public record ServiceForm(String type, String description, String keywords, String attributes) {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final int MOST = 40;
    private static final int MOST_VALUES = 60;
    private static final int LONGEST = 400;
    private static final int LONGEST_HELP = 200;

    public ServiceForm {
        type = type == null ? "" : type.strip();
        description = description == null ? "" : description.strip();
        keywords = keywords == null ? "" : keywords.strip();
        attributes = attributes == null ? "" : attributes.strip();
    }

    static ServiceForm of(Service service) {
        return new ServiceForm(service.batch() ? "batch" : "realtime", service.description(), service.keywords(),
                service.attributes().stream().map(ServiceForm::line).collect(Collectors.joining("\n")));
    }

    private static String line(Attribute one) {
        String values = one.values().stream().map(value -> value.key() + "=" + value.name()).collect(Collectors.joining(", "));
        return String.join(" | ", one.code(), one.datatype().code(), !one.variable() ? "told" : one.required() ? "required" : "optional", one.description(), one.help(), values)
                .replaceAll("[ |]+$", "");
    }

    boolean batch() {
        return type.equals("batch");
    }

    List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        if (!type.equals("batch") && !type.equals("realtime")) {
            refusals.add(Refusal.at("type", "required"));
        }
        if (description.codePointCount(0, description.length()) > LONGEST) {
            refusals.add(Refusal.at("description", "too-long", LONGEST, description.length()));
        }
        if (keywords.codePointCount(0, keywords.length()) > LONGEST_HELP) {
            refusals.add(Refusal.at("keywords", "too-long", LONGEST_HELP, keywords.length()));
        }
        read(refusals);
        return refusals;
    }

    List<Attribute> asked() {
        return read(new ArrayList<>());
    }

    private List<Attribute> read(List<Refusal> refusals) {
        List<Attribute> all = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        List<String> lines = attributes.lines().map(String::strip).toList();
        for (int n = 0; n < lines.size(); n++) {
            if (!lines.get(n).isEmpty()) {
                String wrong = line(lines.get(n), all, codes);
                if (!wrong.isEmpty()) {
                    refusals.add(Refusal.at("attributes", wrong, n + 1));
                }
            }
        }
        if (all.size() > MOST) {
            refusals.add(Refusal.at("attributes", "open311-too-many", MOST));
        }
        return all;
    }

    /** @return code of a refusal; empty when the line is right, and then it was taken */
    private static String line(String line, List<Attribute> all, Set<String> codes) {
        String[] parts = (line + " ").split("\\|", -1);
        String code = parts[0].strip();
        if (parts.length < 4 || parts.length > 6 || !CODE.matcher(code).matches()) {
            return "open311-line";
        }
        if (!codes.add(code)) {
            return "open311-code-twice";
        }
        Attribute.Datatype datatype = Attribute.Datatype.of(parts[1].strip()).orElse(null);
        String need = parts[2].strip();
        String question = parts[3].strip();
        String help = parts.length > 4 ? parts[4].strip() : "";
        if (datatype == null || !Set.of("required", "optional", "told").contains(need) || question.isEmpty() || question.length() > LONGEST || help.length() > LONGEST_HELP) {
            return "open311-line";
        }
        List<Attribute.Value> values = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (String value : (parts.length > 5 ? parts[5] : "").split("[,，]")) {
            if (!value.isBlank()) {
                String[] pair = value.split("=", 2);
                if (pair.length < 2 || pair[0].isBlank() || pair[1].isBlank() || pair[0].strip().length() > 40 || pair[1].strip().length() > 100 || !keys.add(pair[0].strip())) {
                    return "open311-values";
                }
                values.add(new Attribute.Value(pair[0].strip(), pair[1].strip()));
            }
        }
        if (datatype.list() == values.isEmpty() || values.size() > MOST_VALUES) {
            return "open311-values";
        }
        all.add(new Attribute(code, all.size() + 1, !need.equals("told"), datatype, need.equals("required"), help, question, values));
        return "";
    }
}
