package org.heshi.statistics.bulletin;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;

/** What a supervisor writes before and after the figures. @param revision of the draft that was on the screen */
public record BulletinForm(String foreword, String remarks, int revision) {

    static final int LONG = 4000;

    public BulletinForm {
        foreword = Words.clean(Objects.requireNonNullElse(foreword, ""));
        remarks = Words.clean(Objects.requireNonNullElse(remarks, ""));
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
