package org.heshi.demo.county;

import org.heshi.kernel.Bilingual;

/** The invented people who can sign in, each by the name of what they do. All others have no account. */
enum DemoPerson {
    DIRECTOR("县级中心主任", "Head, county centre"),
    CLERK("县级中心窗口受理员", "Window clerk, county centre"),
    DISPATCHER("县级中心分流派单员", "Dispatcher, county centre"),
    HANDLER("综合行政执法局承办人", "Handler, city management bureau"),
    HEAD("综合行政执法局负责人", "Head of that bureau"),
    VERIFIER("县级中心核查回访员", "Verifier, county centre"),
    TOWN("枫桥镇中心受理派单员", "Clerk and dispatcher, town centre"),
    TOWNHANDLER("枫桥镇人民政府承办人", "Handler, town government"),
    TOWNHEAD("枫桥镇人民政府分管负责人", "Head, town government"),
    TRANSPORT("交通运输局承办人", "Handler, transport bureau"),
    VILLAGE("村级承办人", "Handler, village committee"),
    GRID("网格员", "Grid worker"),
    MEDIATOR("县级专职调解员", "Mediator, county committee"),
    SUPERVISOR("县级中心督查专员", "Supervisor, county centre"),
    AUDITOR("县级中心审计专员", "Auditor, county centre"),
    ADMIN("系统管理员", "Administrator");

    /** The same for all: this county is invented and listens on this machine only. */
    static final String PASSWORD = "heshi-demo-2026";

    /** Accounts are made in this order: when this one is there, all are. */
    static final DemoPerson LAST = ADMIN;

    private final Bilingual does;

    DemoPerson(String zh, String en) {
        does = new Bilingual(zh, en);
    }

    String signIn() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Bilingual does() {
        return does;
    }
}
