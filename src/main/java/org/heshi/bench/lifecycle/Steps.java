package org.heshi.bench.lifecycle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The seven actions of a service matter's life, as the five people type them. */
final class Steps {

    /** @param who sign-in name of the demo person */
    record Step(String who, String action, Map<String, String> input) {
    }

    private Steps() {
    }

    static List<Step> of(String lead) {
        Map<String, String> register = new LinkedHashMap<>();
        register.put("channel", "window");
        register.put("title", "村口路灯不亮已经三天");
        register.put("description", "村口到小学这一段的路灯从星期一晚上起不亮，晚上接孩子的老人看不清路，前天已经有人摔倒。希望尽快来修，修好以后说一声。");
        register.put("place", "330681109");
        register.put("place-words", "老供销社对面的电线杆");
        register.put("name", "演示反映人");
        register.put("phone", "13800000000");
        return List.of(
                new Step("clerk", "register", register),
                new Step("dispatcher", "sort", Map.of("kind", "service", "category", "02", "level", "yellow")),
                new Step("dispatcher", "assign", Map.of("lead", lead, "reason", "路灯由该单位维护，请三日内修复并答复反映人。")),
                new Step("handler", "accept", Map.of("contact", "养护股 0575-87000000")),
                new Step("handler", "handle", Map.of("done", "十一月二十日到现场更换控制器和两只灯头，当晚亮灯正常。")),
                new Step("handler", "answer", Map.of("answer", "您反映的路灯已经修好：控制器进水损坏，已更换并做了防水。以后再有不亮，可以直接告诉网格员。")),
                new Step("verifier", "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "resolved", "finding", "电话询问反映人，路灯已亮，表示满意。")));
    }
}
