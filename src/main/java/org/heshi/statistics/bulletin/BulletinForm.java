package org.heshi.statistics.bulletin;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;

/** What a supervisor writes before and after the figures. @param revision of the draft that was on the screen */
public record BulletinForm(String foreword, String remarks, String revision) {

    static final int LONG = 4000;

    public BulletinForm {
        foreword = Words.clean(Objects.requireNonNullElse(foreword, ""));
        remarks = Words.clean(Objects.requireNonNullElse(remarks, ""));
        revision = Objects.requireNonNullElse(revision, "");
    }

    static BulletinForm of(Bulletin draft) {
        return new BulletinForm(draft.foreword(), draft.remarks(), Integer.toString(draft.revision()));
    }

    /** -1 when it is none: no draft has it. */
    int seen() {
        return revision.matches("[0-9]{1,9}") ? Integer.parseInt(revision) : -1;
    }

    List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        if (Words.length(foreword) > LONG) {
            refusals.add(Refusal.at("foreword", "bulletin-long", LONG));
        }
        if (Words.length(remarks) > LONG) {
            refusals.add(Refusal.at("remarks", "bulletin-long", LONG));
        }
        return refusals;
    }
}
