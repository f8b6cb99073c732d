package org.heshi.mediation.course;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.kernel.Yuan;

/**
 * A dispute that a committee took up, as it stands.
 *
 * @param type        one of the fifteen of the Ministry's statistics, as the procedure writes them
 * @param source      how it came, as the procedure writes it
 * @param result      how the newest try of mediation ended; empty while it goes on
 * @param agreement   number of the entry whose text is in force: it stands until another one takes its place, also while it is mediated again
 * @param inForceAt   since when that agreement binds
 * @param sum         of all clauses of the agreement in force that are about money
 * @param performedAt when everything of it was performed
 * @param numberId    of the case number, as the register of papers has it
 * @param mediators   of now and of before
 */
public record Dispute(UUID matter, UUID unit, String type, String source, Instant takenUpAt, Optional<Instant> begunAt, Optional<Instant> endedAt, Optional<Result> result,
        Optional<Integer> agreement, Optional<Instant> inForceAt, Optional<Yuan> claimed, Optional<Yuan> sum, Optional<Instant> performedAt, UUID numberId,
        List<Participant> participants, List<MediatorOf> mediators, List<Draft> drafts, List<Signature> signatures, List<Instalment> instalments, Optional<Court> court,
        List<Sitting> sittings) {

    public Dispute {
        participants = List.copyOf(participants);
        mediators = List.copyOf(mediators);
        drafts = List.copyOf(drafts);
        signatures = List.copyOf(signatures);
        instalments = List.copyOf(instalments);
        sittings = List.copyOf(sittings);
    }

    public enum Result {
        WRITTEN, ORAL, FAILED;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Set<String> ENTRUSTED = Set.of("court-before", "court-after", "court-simple", "police", "organ");

    /** Whether a court or another organ handed it over, and is told the result. */
    public boolean entrusted() {
        return ENTRUSTED.contains(source);
    }

    /** As they are called where somebody is told of them: by the numbers of the parties. */
    public static String numbers(Stream<Participant> participants) {
        return participants.map(one -> Integer.toString(one.party())).collect(Collectors.joining("、"));
    }

    /** Those between whom it is: applicants and respondents. */
    public List<Participant> sides() {
        return participants.stream().filter(one -> one.side() == Side.APPLICANT || one.side() == Side.RESPONDENT).toList();
    }

    /** Those whose word an agreement needs: both sides, and whoever has an interest of their own. */
    public List<Participant> principals() {
        return participants.stream().filter(Participant::principal).toList();
    }

    public Optional<Participant> participant(int party) {
        return participants.stream().filter(one -> one.party() == party).findFirst();
    }

    /**
     * For whom this party speaks where a consent or a signature is wanted: for themselves, or by special authority or as a guardian for somebody else. Empty for
     * whoever may not, such as somebody for whom a guardian acts. A ward gives nobody authority: it is the guardian who does.
     */
    public Optional<Participant> speaksFor(int party) {
        return participant(party).flatMap(one -> one.principal() ? Optional.of(one).filter(self -> !self.ward())
                : one.side() == Side.GUARDIAN ? one.represents().flatMap(this::participant).filter(Participant::ward)
                : one.authority().equals(Optional.of("special")) ? one.represents().flatMap(this::participant).filter(whose -> !whose.ward() || hasGuardian(whose.party())) : Optional.empty());
    }

    public boolean hasGuardian(int party) {
        return participants.stream().anyMatch(one -> one.side() == Side.GUARDIAN && one.represents().equals(Optional.of(party)));
    }

    /** Who mediates now; the main one first. */
    public List<MediatorOf> mediating() {
        return mediators.stream().filter(one -> one.until().isEmpty()).sorted(java.util.Comparator.comparing(MediatorOf::main).reversed()).toList();
    }

    public Optional<UUID> mediator() {
        return mediating().stream().filter(MediatorOf::main).map(MediatorOf::post).findFirst();
    }

    /**
     * In whose hands it is, the main one first: of those who mediate now. Where nobody does, because a new try was wanted or failed before anybody was named, whoever
     * mediated the agreement that stands sees to it that it is performed; but for those who withdrew since or whom a party objected to.
     */
    public List<MediatorOf> keepers() {
        List<MediatorOf> now = mediating();
        return now.isEmpty() ? inForce().filter(text -> text.unit().equals(unit)).map(this::agreedBefore).orElse(now) : now;
    }

    private List<MediatorOf> agreedBefore(Draft text) {
        Set<UUID> gone = mediators.stream().filter(one -> one.ended().filter(end -> !end.equals("replaced")).isPresent()).map(MediatorOf::post).collect(java.util.stream.Collectors.toSet());
        Set<String> signed = signaturesOn(text).stream().map(Signature::signer).collect(java.util.stream.Collectors.toSet());
        // what was agreed by word of mouth is signed by nobody: whoever was named last before it
        int named = mediators.stream().mapToInt(MediatorOf::seq).filter(seq -> seq < text.seq()).max().orElse(0);
        java.util.Map<UUID, MediatorOf> kept = new java.util.LinkedHashMap<>();
        mediators.stream().filter(one -> text.oral() ? one.seq() == named : signed.contains("post:" + one.post())).filter(one -> !gone.contains(one.post()))
                .sorted(java.util.Comparator.comparing(MediatorOf::main).reversed()).forEach(one -> kept.putIfAbsent(one.post(), one));
        return List.copyOf(kept.values());
    }

    /** The text that waits for signatures. */
    public Optional<Draft> draft() {
        return drafts.stream().filter(Draft::waits).findFirst();
    }

    /** The text that is in force. */
    public Optional<Draft> inForce() {
        return drafts.stream().filter(draft -> agreement.equals(Optional.of(draft.seq()))).findFirst();
    }

    public List<Signature> signaturesOn(Draft draft) {
        return signatures.stream().filter(signature -> signature.draft() == draft.seq()).toList();
    }

    public boolean signed(Draft draft, int party) {
        return signaturesOn(draft).stream().anyMatch(signature -> signature.signer().equals("party:" + party));
    }

    /** Of the agreement in force. */
    public List<Instalment> due() {
        return instalments.stream().filter(one -> agreement.equals(Optional.of(one.draft()))).toList();
    }

    public enum Side {
        APPLICANT, RESPONDENT, THIRD, REPRESENTATIVE, GUARDIAN;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Side of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /**
     * @param represents for whom a representative or guardian acts
     * @param authority  {@code general} or {@code special}, of a representative
     * @param ward       somebody for whom a guardian consents and signs
     * @param open       whether a session may be open, as they said when they consented
     * @param joinedAt   when they joined the application to the court
     * @param wanted     the mediator whom they chose or accepted by an act of their own
     */
    public record Participant(int party, Side side, Optional<Integer> represents, Optional<String> authority, boolean ward, Optional<Instant> consentedAt, Optional<Boolean> open,
            Optional<Instant> joinedAt, Optional<Wanted> wanted) {

        public boolean principal() {
            return side == Side.APPLICANT || side == Side.RESPONDENT || side == Side.THIRD;
        }
    }

    /** @param how {@code chosen} before anybody was named, or {@code accepted} after */
    public record Wanted(UUID post, String how) {
    }

    /** How a party stands to the mediator of now: {@code chosen}, {@code accepted}, or empty when they said nothing of them. */
    public Optional<String> wanted(Participant one) {
        return one.wanted().filter(said -> mediator().equals(Optional.of(said.post()))).map(Wanted::how);
    }

    /** Whether everybody whose word is needed chose this one. */
    public boolean chosenByAll(UUID post) {
        return !principals().isEmpty() && principals().stream().allMatch(one -> one.wanted().equals(Optional.of(new Wanted(post, "chosen"))));
    }

    /** @param ended {@code replaced}, {@code objected} or {@code stepped-back} */
    public record MediatorOf(UUID post, int seq, boolean main, String how, Optional<Instant> until, Optional<String> ended) {
    }

    /**
     * @param digest of its entry, 64 small hexadecimal digits
     * @param unit       the body whose text it is
     * @param oral       recorded by the mediator and signed by nobody
     * @param settles    what kind of things it settles, as the procedure writes it; empty where it was not said
     * @param inForceAt  when it was put in force; void is only what never was
     * @param replacedBy number of the text that was put in force in its place
     */
    public record Draft(int seq, String digest, UUID unit, boolean oral, Optional<String> settles, Optional<Instant> voidAt, Optional<Instant> inForceAt, Optional<Integer> replacedBy) {

        public boolean waits() {
            return voidAt.isEmpty() && inForceAt.isEmpty();
        }

        /** What a signature names, as it stands on the paper. */
        public String fingerprint() {
            return fingerprint(digest);
        }

        /** The first 128 bits of the digest, in groups that can be read out and compared. */
        public static String fingerprint(String digest) {
            return digest.substring(0, FINGERPRINT).replaceAll("(.{4})(?=.)", "$1-");
        }

        /** However the groups are typed. */
        boolean named(Object typed) {
            return typed instanceof String text && text.replace("-", "").toLowerCase(java.util.Locale.ROOT).equals(digest.substring(0, FINGERPRINT));
        }

        private static final int FINGERPRINT = 32;
    }

    /** @param signer {@code party:2} or {@code post:UUID} */
    public record Signature(int draft, String signer, Optional<Integer> byParty, int seq, Instant at, String how) {
    }

    /** @param amount empty where something else than money is owed */
    public record Instalment(int draft, int ordinal, int who, Optional<Integer> towards, Optional<Yuan> amount, LocalDate due, Yuan paid, Optional<LocalDate> doneOn) {

        public Optional<Yuan> left() {
            return amount.map(all -> new Yuan(all.fen() - paid.fen()));
        }

        public boolean lateOn(LocalDate today) {
            return doneOn.isEmpty() && due.isBefore(today);
        }
    }

    /** @param state {@code filed}, {@code accepted}, {@code confirmed}, {@code refused} or {@code withdrawn} */
    public record Court(UUID court, String state, LocalDate filedOn, Optional<LocalDate> decidedOn) {
    }

    /**
     * One that was fixed and not cancelled.
     *
     * @param apart with one side alone
     * @param with  those of that side; empty when it is for all
     */
    public record Sitting(int seq, Optional<UUID> room, Instant startsAt, Instant endsAt, boolean apart, Set<Integer> with) {
    }

    /**
     * Why no court confirms the agreement, whoever applies: it was not written (People's Mediation Law, article 33), settles a personal status or who owns something,
     * or is not for civil courts (Several Provisions on the judicial confirmation of people's mediation agreements, article 4). Empty when nothing is known against it.
     */
    public Optional<String> notForTheCourt() {
        if (inForce().filter(text -> !text.oral()).isEmpty()) {
            return Optional.of("written");
        }
        Optional<String> settles = inForce().flatMap(Draft::settles);
        return settles.isEmpty() ? Optional.of("family").filter(_ -> type.equals(FAMILY)) : settles.filter(what -> !what.equals("duties"));
    }

    public static final String FAMILY = "marriage";

    /**
     * Until when a confirmed agreement can be enforced: two years from the last day of its performance (Civil Procedure Law, article 250). Empty when the court did
     * not confirm it.
     */
    public Optional<LocalDate> enforceableUntil() {
        return court.filter(one -> one.state().equals("confirmed")).flatMap(_ -> due().stream().map(Instalment::due).max(LocalDate::compareTo)).map(last -> last.plusYears(2));
    }
}
