package org.heshi.privacy.register;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.heshi.privacy.register.Register.Assessment;
import org.heshi.privacy.register.Register.Purpose;

/**
 * @param lines    each assessment with the purposes that it is for, those first whose day of review is past
 * @param versions older versions of the register, the newest first
 */
public record AssessmentsPage(int version, Instant publishedAt, boolean current, List<Line> lines, List<Integer> versions) {

    private static final int LISTED = 12;

    /** @param overdue whether the day of review is past */
    public record Line(Assessment assessment, List<Purpose> purposes, boolean overdue) {
    }

    static AssessmentsPage of(int version, Instant publishedAt, int newest, Register register, LocalDate today) {
        List<Line> lines = register.assessments().values().stream().map(one -> new Line(one,
                register.purposes().stream().filter(purpose -> purpose.assessment().equals(one.name())).toList(), one.overdue(today)))
                .sorted(java.util.Comparator.comparing(Line::overdue).reversed()).toList();
        // version 1 was the notice before there was a register
        return new AssessmentsPage(version, publishedAt, version == newest, lines,
                java.util.stream.IntStream.iterate(newest, one -> one >= 2, one -> one - 1).limit(LISTED).boxed().toList());
    }
}
