package org.heshi.mediation.papers;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.heshi.documents.Signer;
import org.heshi.kernel.Yuan;

/**
 * What each paper of the Ministry's set (司发通〔2010〕239号) and each of the local extras says. Nothing here knows where it comes from. Texts may be empty:
 * then the form leaves room to write by hand.
 */
public sealed interface Content {

    /** 人民调解申请书. */
    record Application(List<PaperParty> parties, String summary, List<String> requests, List<Signer> signers) implements Content {
    }

    /**
     * 人民调解受理登记表.
     *
     * @param how     one of three: a party applied, the committee began of itself, or somebody entrusted it
     * @param between names of the parties
     * @param source  in words
     */
    record Acceptance(String committee, LocalDate day, How how, String between, String type, String source, String summary, String requests,
            List<Signer> signers) implements Content {

        public enum How {
            ASKED, OWN, ENTRUSTED;

            public String code() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }
    }

    /** 人民调解权利义务告知书. */
    record Rights(String committee, String to, List<Signer> signers) implements Content {
    }

    /** 当事人身份证明: what the papers say; the copies follow it. */
    record Identities(List<PaperParty> parties) implements Content {
    }

    /** 授权委托书. */
    record Authority(PaperParty grantor, PaperParty.Deputy deputy, String cause, boolean special, List<Signer> signers) implements Content {
    }

    /** 人民调解调查记录. */
    record Investigation(String at, String place, String present, String asked, String cause, String words, List<Signer> signers) implements Content {
    }

    /** 人民调解证据材料: a list; what was brought follows it. */
    record Evidence(String cause, List<Piece> pieces) implements Content {

        /** @param shown to whom; may be empty */
        public record Piece(String name, String from, String day, String shown, int files) {
        }
    }

    /**
     * 人民调解记录. What is empty is left out.
     *
     * @param others   invited people only
     * @param parties  all who were there
     * @param told     that they were told their rights and duties
     * @param remedies what was said of other ways when there was no agreement
     */
    record Session(String at, String place, String cause, String others, String parties, String mediator, String told, String statements, String verified,
            String words, String result, String remedies, List<Signer> signers) implements Content {
    }

    /**
     * 人民调解协议书.
     *
     * @param copies      how many; 0: not said
     * @param fingerprint of the entry whose text is signed; empty where nobody signs yet
     */
    record Agreement(List<PaperParty> parties, String facts, String issues, String responsibility, List<PaperTerm> terms, String more, int copies,
            String fingerprint, String committee, List<Signer> signers) implements Content {
    }

    /** 人民调解口头协议登记表. @param on when it was agreed, in words */
    record Oral(List<PaperParty> parties, String on, String facts, String issues, String responsibility, List<PaperTerm> terms, String committee, List<Signer> signers)
            implements Content {
    }

    /** 履行凭证 (收条). @param rest what is still owed, or empty when it is not known */
    record Receipt(String from, String to, Optional<Yuan> sum, String what, String agreement, Optional<LocalDate> on, Optional<Yuan> rest, List<Signer> signers)
            implements Content {
    }

    /** 人民调解回访记录. @param agreement its number */
    record Visit(String parties, String agreement, String cause, String at, String how, String performed, String satisfied, String sued, String words,
            List<Signer> signers) implements Content {
    }

    /**
     * 司法确认申请书, of two persons or with an organisation.
     *
     * @param court   it is handed to; empty: to be written in
     * @param papers  handed in with it
     */
    record Confirmation(List<PaperParty> parties, String committee, String agreement, Optional<LocalDate> day, String cause, List<PaperTerm> terms,
            String court, List<String> papers, List<Signer> signers) implements Content {
    }

    /** 卷宗情况说明. */
    record Description(List<String> words, List<Signer> signers) implements Content {
    }

    /** 卷宗封底. @param pages of all papers between the covers; 0: to be written in */
    record BackCover(String committee, int pages, String filedBy, LocalDate filedOn, String retention, String note) implements Content {
    }

    /** 结案报告表. */
    record Closing(String unit, String handler, LocalDate filledOn, Optional<LocalDate> accepted, Optional<LocalDate> closed, List<PaperParty> parties,
            String type, String source, String facts, String result, String performed, List<Signer> signers) implements Content {
    }

    /**
     * 人民调解邀请书: to the other party, before anything else.
     *
     * @param from    who applied; empty: the committee itself
     * @param matter  number to be typed at {@code address}
     * @param address where it is followed and answered
     * @param qr      the address as a picture, as {@link org.heshi.documents.PaperFrame#picture} gives it
     * @param at      when they are invited to come; may be empty
     */
    record Invitation(String to, String from, String cause, String committee, String matter, String address, String qr, String at, String place, String contact)
            implements Content {
    }

    /** 人民调解终止告知书: remedies after a refusal or without an agreement. @param labour whether arbitration comes before the court */
    record Remedies(String to, String cause, String reason, boolean labour, String committee) implements Content {
    }

    /**
     * 委派（委托）调解结果报告, to whoever entrusted it.
     *
     * @param number   of the one who entrusted; may be empty
     * @param result   in words
     * @param papers   that go with it
     */
    record Result(String to, String number, String parties, String cause, String entrusted, String taken, String ended, String result, String words,
            List<String> papers, String committee) implements Content {
    }
}
