package org.heshi.privacy.register;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heshi.kernel.Bilingual;
import org.heshi.privacy.register.Register.Assessment;
import org.heshi.privacy.register.Register.Basis;
import org.heshi.privacy.register.Register.Purpose;
import org.heshi.privacy.register.Register.Term;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the register's YAML and names everything that is wrong with it. */
final class RegisterFile {

    private static final int MOST = 200_000;
    private static final Set<String> TOP = Set.of("handler", "retention", "purposes", "assessments");

    private final List<String> problems;

    private RegisterFile(List<String> problems) {
        this.problems = problems;
    }

    /** @param problems gets a sentence for each thing that is wrong; the answer is of use only when there is none */
    static Register read(String text, List<String> problems) {
        return new RegisterFile(problems).register(text);
    }

    private Register register(String text) {
        Map<String, Object> top = Map.of();
        if (text.length() > MOST) {
            problems.add("the register has more than " + MOST + " characters");
        } else {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setMaxAliasesForCollections(0);
            options.setNestingDepthLimit(12);
            try {
                top = map("the register", new Yaml(new SafeConstructor(options)).load(text));
            } catch (YAMLException e) {
                problems.add("the register cannot be read: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        }
        top.keySet().stream().filter(key -> !TOP.contains(key)).forEach(key -> problems.add("'" + key + "' is not known"));
        Map<String, Object> retention = map("retention", top.get("retention"));
        Map<String, Term> kinds = new LinkedHashMap<>();
        map("retention.kinds", retention.get("kinds")).forEach((kind, term) -> kinds.put(kind, term("retention.kinds." + kind, term)));
        Map<String, Term> outcomes = new LinkedHashMap<>();
        map("retention.outcomes", retention.get("outcomes")).forEach((outcome, term) -> outcomes.put(outcome, term("retention.outcomes." + outcome, term)));
        Map<String, Integer> records = new LinkedHashMap<>();
        map("retention.records", retention.get("records")).forEach((what, months) -> records.put(what, months("retention.records." + what, months)));
        Map<String, Assessment> assessments = assessments(top.get("assessments"));
        Set<String> unused = new LinkedHashSet<>(assessments.keySet());
        List<Purpose> purposes = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Object one : list("purposes", top.get("purposes"))) {
            Map<String, Object> purpose = map("a purpose", one);
            String name = text("a purpose's name", purpose.get("name"));
            String at = "purpose " + name;
            if (!names.add(name)) {
                problems.add(at + " stands twice");
            }
            List<Basis> basis = list(at + ": basis", purpose.get("basis")).stream().map(b -> map(at + ": basis", b))
                    .map(b -> new Basis(text(at + ": law", b.get("law")), text(at + ": article", b.get("article")))).toList();
            if (basis.isEmpty()) {
                problems.add(at + " has no legal basis");
            }
            Set<String> fields = new LinkedHashSet<>();
            if (purpose.get("fields") != null) {
                list(at + ": fields", purpose.get("fields")).forEach(field -> fields.add(text(at + ": a field", field)));
            }
            String keep = text(at + ": keep", purpose.get("keep"));
            if (!Register.KEPT.contains(keep) && !records.containsKey(keep)) {
                problems.add(at + " is kept as '" + keep + "': there is no such term");
            }
            if (!(purpose.get("sensitive") instanceof Boolean)) {
                problems.add(at + " does not say whether it is sensitive");
            }
            List<String> handling = list(at + ": handling", purpose.get("handling")).stream().map(String::valueOf).toList();
            handling.stream().filter(how -> !Register.HANDLING.contains(how)).forEach(how -> problems.add(at + ": handling names '" + how + "', which is none of " + Register.HANDLING));
            String assessment = purpose.get("assessment") == null ? "" : text(at + ": assessment", purpose.get("assessment"));
            Purpose read = new Purpose(name, bilingual(at + ": what", purpose.get("what")), fields, bilingual(at + ": why", purpose.get("why")), basis,
                    bilingual(at + ": gets", purpose.get("gets")), keep, Boolean.TRUE.equals(purpose.get("sensitive")), handling, assessment);
            if (assessment.isEmpty() && !read.assessedFor().isEmpty()) {
                problems.add(at + " names no impact assessment, and needs one because it is " + String.join(", ", read.assessedFor()) + " (PIPL 55)");
            } else if (!assessment.isEmpty() && !assessments.containsKey(assessment)) {
                problems.add(at + " names the assessment '" + assessment + "', which is not there");
            }
            unused.remove(assessment);
            purposes.add(read);
        }
        unused.forEach(name -> problems.add("assessment " + name + " is named by no purpose"));
        return new Register(bilingual("handler", top.get("handler")), term("retention.ordinary", retention.get("ordinary")), kinds, outcomes, records, purposes,
                assessments);
    }

    private Map<String, Assessment> assessments(@Nullable Object value) {
        Map<String, Assessment> read = new LinkedHashMap<>();
        for (Object one : list("assessments", value)) {
            Map<String, Object> assessment = map("an assessment", one);
            String name = text("an assessment's name", assessment.get("name"));
            String at = "assessment " + name;
            LocalDate made = day(at + ": made", assessment.get("made"));
            LocalDate review = day(at + ": review", assessment.get("review"));
            if (!review.isAfter(made)) {
                problems.add(at + " is to be looked at anew before it was made");
            }
            if (!(assessment.get("sample") instanceof Boolean)) {
                problems.add(at + " does not say whether it is a sample");
            }
            if (read.put(name, new Assessment(name, made, bilingual(at + ": by", assessment.get("by")), Boolean.TRUE.equals(assessment.get("sample")),
                    bilingual(at + ": lawful", assessment.get("lawful")), bilingual(at + ": risks", assessment.get("risks")),
                    bilingual(at + ": measures", assessment.get("measures")), review)) != null) {
                problems.add(at + " stands twice");
            }
        }
        return read;
    }

    /** Quoted, because YAML reads a bare date as a moment in another time zone. */
    private LocalDate day(String at, @Nullable Object value) {
        try {
            return LocalDate.parse(value instanceof String words ? words : "");
        } catch (DateTimeParseException e) {
            problems.add(at + " must be a day in quotes, such as '2026-11-22'");
            return LocalDate.EPOCH;
        }
    }

    private Term term(String at, @Nullable Object value) {
        Map<String, Object> term = map(at, value);
        try {
            return new Term(months(at + ".use", term.get("use")), months(at + ".whole", term.get("whole")));
        } catch (IllegalArgumentException e) {
            problems.add(at + ": " + e.getMessage());
            return new Term(1, 1);
        }
    }

    private int months(String at, @Nullable Object value) {
        if (value instanceof Integer months && months >= 1 && months <= 1200) {
            return months;
        }
        problems.add(at + " must be a number of months, 1 to 1200");
        return 1;
    }

    private Bilingual bilingual(String at, @Nullable Object value) {
        Map<String, Object> words = map(at, value);
        return new Bilingual(text(at + ".zh", words.get("zh")), text(at + ".en", words.get("en")));
    }

    private String text(String at, @Nullable Object value) {
        if (value instanceof String words && !words.isBlank()) {
            return words.strip();
        }
        problems.add(at + " is missing");
        return "?";
    }

    private List<?> list(String at, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        problems.add(at + " must be a list");
        return List.of();
    }

    private Map<String, Object> map(String at, @Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> read) {
            read.forEach((key, one) -> map.put(String.valueOf(key), one));
        } else {
            problems.add(at + " is missing");
        }
        return map;
    }
}
