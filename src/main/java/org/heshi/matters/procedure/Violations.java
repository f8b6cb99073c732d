package org.heshi.matters.procedure;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that was found wrong, by file and line, each once. */
public record Violations(List<Violation> list) {

    public Violations {
        list = list.stream().distinct().sorted().toList();
    }

    static Violations of(Collection<Violation> found) {
        return new Violations(List.copyOf(found));
    }

    public boolean none() {
        return list.isEmpty();
    }

    /** One line each: {@code file:line: message}. */
    public String render() {
        return list.stream().map(Violation::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
