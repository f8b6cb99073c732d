package org.heshi.matters.form;

import java.util.List;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.procedure.Procedure.Field;

/**
 * A field as the form shows it now.
 *
 * @param values   what was typed or chosen, as it was typed
 * @param find     what was typed into its search box, for places and units
 * @param searched whether {@code options} are the answer to that search
 * @param options  what can be chosen
 * @param files    what was kept of the uploads so far
 */
public record Asked(Field field, List<String> values, String find, boolean searched, List<Option> options, List<Evidence> files) {

    public Asked {
        values = List.copyOf(values);
        options = List.copyOf(options);
        files = List.copyOf(files);
    }

    public String name() {
        return field.name();
    }

    public String value() {
        return values.isEmpty() ? "" : values.getFirst();
    }

    public boolean chosen(String value) {
        return values.contains(value);
    }

    /** Rows of clauses, each in its parts, with empty ones to type into behind them. */
    public List<List<String>> rows() {
        List<List<String>> rows = new java.util.ArrayList<>();
        values.forEach(value -> rows.add(List.of(java.util.Arrays.copyOf(value.split("\t", -1), Forms.CLAUSE.size()))));
        int empty = searched || rows.isEmpty() ? 3 : 1;
        for (int i = 0; i < empty; i++) {
            rows.add(java.util.Collections.nCopies(Forms.CLAUSE.size(), ""));
        }
        return rows;
    }

    /** Whether anything was typed, chosen or sent. */
    public boolean filled() {
        return values.stream().anyMatch(v -> !v.isBlank()) || !files.isEmpty();
    }

    /** Whether it is asked because a child under fourteen may be concerned. */
    public boolean aboutAChild() {
        return name().equals("under-14") || name().startsWith("guardian-");
    }

    /** The chosen options, as far as they are known. */
    public List<Option> chosen() {
        return options.stream().filter(option -> values.contains(option.value())).toList();
    }
}
