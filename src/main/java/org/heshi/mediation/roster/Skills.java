package org.heshi.mediation.roster;

import java.util.List;

/** The words by which the roster and the statistics of the Ministry of Justice sort disputes and committees. */
public final class Skills {

    /** The fifteen types of the Ministry's statistics; each case has exactly one. */
    public static final List<String> TYPES = List.of("marriage", "neighbours", "house", "contract", "business", "damage", "land", "expropriation", "environment",
            "labour", "consumer", "medical", "traffic", "property", "other");
    /** Kinds of committees (People's Mediation Law, articles 8 and 34). */
    public static final List<String> SORTS = List.of("village", "town", "region", "enterprise", "trade", "studio");
    /** Fields of trade committees. */
    public static final List<String> FIELDS = List.of("medical", "traffic", "labour", "property", "marriage", "consumer", "construction", "land", "environment", "finance",
            "education", "tourism", "intellectual", "insurance", "other");
    /** How somebody belongs to a committee. */
    public static final List<String> STANDINGS = List.of("director", "deputy", "member", "hired");

    private Skills() {
    }
}
