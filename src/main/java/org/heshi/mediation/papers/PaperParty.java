package org.heshi.mediation.papers;

import java.util.List;

/**
 * Somebody whom a dispute concerns, as papers print them. What is not known is empty: a form leaves room to write it by hand.
 *
 * @param as           what they are in it, as {@code 申请人}
 * @param organisation whether it is one: then {@code identity} is its credit code and {@code head} who stands for it
 * @param age          in years, as {@code 45}
 * @param work         trade or post
 * @param identity     number of the identity paper
 * @param head         who stands for an organisation, with the post
 * @param deputies     who act for them
 */
public record PaperParty(String as, boolean organisation, String name, String sex, String nation, String age, String work, String phone, String address,
        String identity, String head, List<Deputy> deputies) {

    public PaperParty {
        deputies = List.copyOf(deputies);
    }

    PaperParty withoutTelephones() {
        return new PaperParty(as, organisation, name, sex, nation, age, work, "", address, identity, head,
                deputies.stream().map(one -> new Deputy(one.as(), one.name(), one.identity(), "", one.authority())).toList());
    }

    /**
     * @param as        representative or guardian, in words
     * @param authority what they may do, in words; empty for a guardian
     */
    public record Deputy(String as, String name, String identity, String phone, String authority) {
    }
}
