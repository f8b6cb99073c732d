package org.heshi.matters;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.kernel.Yuan;
import org.heshi.matters.log.CanonicalJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody has to do by an agreement, so that it can be performed: who, what, how much, by when (People's Mediation Law, article 29). The words of all clauses
 * of an agreement are one particular of its entry.
 *
 * @param who     number of the party that has to do it
 * @param towards the party for whom; empty when it is for nobody in particular, such as taking down a wall
 * @param what    what is to be done
 * @param amount  money that is to be paid; more than nothing
 * @param by      the last day, Asia/Shanghai
 * @param how     manner and place; may be empty
 */
public record Clause(int who, Optional<Integer> towards, String what, Optional<Yuan> amount, LocalDate by, String how) {

    private static final JsonMapper JSON = new JsonMapper();

    /** As they stand in the particular: canonical JSON, so that the same clauses have the same commitment under the same salt. */
    public static String write(List<Clause> clauses) {
        return CanonicalJson.write(clauses.stream().map(clause -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("who", (long) clause.who());
            clause.towards().ifPresent(towards -> one.put("towards", (long) towards));
            one.put("what", clause.what());
            clause.amount().ifPresent(amount -> one.put("amount", amount.figures()));
            one.put("by", clause.by().toString());
            one.put("how", clause.how());
            return one;
        }).toList());
    }

    /** What {@link #write} wrote. */
    public static List<Clause> read(String written) {
        List<Clause> clauses = new ArrayList<>();
        JSON.readTree(written).forEach(one -> clauses.add(new Clause(one.path("who").asInt(), Optional.of(one.path("towards")).filter(JsonNode::isNumber).map(JsonNode::asInt),
                one.path("what").asString(), Optional.of(one.path("amount")).filter(JsonNode::isString).flatMap(amount -> Yuan.parse(amount.asString())),
                LocalDate.parse(one.path("by").asString()), one.path("how").asString())));
        return List.copyOf(clauses);
    }
}
