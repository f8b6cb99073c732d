package org.heshi.matters.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.kernel.Refusal;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Type;

/**
 * One action as a form: everything its page shows, and what goes to {@link org.heshi.matters.Matters#act}.
 *
 * @param version  version of the matter that the person saw, 0 for a new one
 * @param key      made with the form, so that a double click acts once
 * @param refusals reasons against what was typed; empty before the first try
 * @param search   name of the field whose search was asked for: show the form again, do not act
 * @param stale    somebody else acted since the form was drawn; {@code version} is already the new one
 */
public record ActionForm(Action action, int version, String key, List<Asked> asked, List<Refusal> refusals, Optional<String> search, boolean stale) {

    public ActionForm {
        asked = List.copyOf(asked);
        refusals = List.copyOf(refusals);
    }

    /** Whether the form may go to {@code act}: nobody asked for a search and no upload was refused. */
    public boolean ready() {
        return search.isEmpty() && refusals.isEmpty();
    }

    /** What was typed, as {@code act} takes it; fields left empty are not in it. */
    public Map<String, Object> input() {
        Map<String, Object> input = new LinkedHashMap<>();
        for (Asked field : asked) {
            if (!field.filled()) {
                continue;
            }
            if (field.field().type() == Type.FILES) {
                input.put(field.name(), field.files());
            } else if (field.field().type() == Type.UNITS || field.field().type() == Type.PARTIES || field.field().type() == Type.CLAUSES) {
                input.put(field.name(), field.values());
            } else {
                input.put(field.name(), field.value());
            }
        }
        return input;
    }

    /** The same form with reasons why it was not done. One that was sent before with other words may be sent again as a new one. */
    public ActionForm refused(List<Refusal> reasons) {
        List<Refusal> all = new ArrayList<>(refusals);
        all.addAll(reasons);
        boolean used = reasons.stream().anyMatch(reason -> reason.code().equals("key-used"));
        return new ActionForm(action, version, used ? UUID.randomUUID().toString() : key, asked, all, search, stale);
    }

    /** The same form after somebody else acted first: what was typed stays, and it may be sent again on the matter as it stands now. */
    public ActionForm overtaken(int versionNow) {
        return new ActionForm(action, versionNow, key, asked, refusals, search, true);
    }

    public Asked field(String name) {
        return asked.stream().filter(field -> field.name().equals(name)).findFirst()
                .orElseThrow(() -> new NoSuchElementException("the action " + action.name() + " has no field " + name));
    }

    /** The label of each field by its name, for the summary of what was refused. */
    public Map<String, String> labels(Locale locale) {
        return asked.stream().collect(Collectors.toMap(Asked::name, field -> field.field().label().in(locale)));
    }

    /** Whether the form must be sent as multipart. */
    public boolean takesFiles() {
        return asked.stream().anyMatch(field -> field.field().type() == Type.FILES);
    }
}
