package org.heshi.mediation.invite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/**
 * Who was asked whether they want mediation, how, and what they said.
 *
 * @param takenUp whether it is known who the parties are
 * @param asking  whether consent is asked now
 * @param typed   the form that was refused, if one was
 */
public record InvitePage(MatterNumber number, boolean takenUp, boolean asking, List<Line> lines, Optional<Typed> typed) {

    public InvitePage {
        lines = List.copyOf(lines);
    }

    /**
     * @param name     masked
     * @param answered when they consented or declined
     * @param answer   {@code consented}, {@code declined} or {@code waiting}
     * @param how      of the consent: screen, in-person, phone or written
     */
    public record Line(int party, String side, String name, boolean hasCode, String answer, Optional<Instant> answered, String how, List<Invited> invited) {

        public Line {
            invited = List.copyOf(invited);
        }
    }

    public record Invited(Instant at, String how, String note) {
    }

    public record Typed(int party, String how, String note, boolean code, String checked, List<Refusal> refusals) {

        public static Typed blank(int party) {
            return new Typed(party, "", "", false, "", List.of());
        }
    }

    /** Enough to tell two people apart, as names stand on other pages. */
    static String masked(String name) {
        return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }

    public Typed form(int party) {
        return typed.filter(one -> one.party() == party).orElseGet(() -> Typed.blank(party));
    }

    public List<Refusal> refusals() {
        return typed.map(Typed::refusals).orElse(List.of());
    }

    public String matter() {
        return "/matters/" + number.digits();
    }

    public String here() {
        return "/mediation/" + number.digits() + "/invite";
    }
}
