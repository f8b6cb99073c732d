package org.heshi.matters.desk;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.form.Asked;
import org.heshi.matters.form.Option;
import org.heshi.matters.view.MatterViews.Row;

/**
 * Registering at the window as the page shows it.
 *
 * @param way    told at the window or found on a round
 * @param kinds  what it can be sorted into at once; empty when the post may not sort
 * @param kind   the one chosen, empty for none
 * @param same   the matter that looks like the same trouble, when there is one and nobody has said yet what to do about it
 */
public record RegisterPage(Way way, ActionForm form, List<Option> kinds, String kind, Optional<Row> same) {

    /** In the order in which a caller tells them. The rest stands folded up below. */
    static final List<String> FIRST = List.of("title", "description", "category", "place", "place-words", "channel", "name", "phone", "level");
    /** As it was found and settled. */
    static final List<String> FOUND_FIRST = List.of("title", "category", "place", "place-words", "level", "answer", "files");
    private static final Set<String> NEVER = Set.of("notice");

    public RegisterPage {
        kinds = List.copyOf(kinds);
    }

    private List<String> order() {
        return way == Way.WINDOW ? FIRST : FOUND_FIRST;
    }

    public List<Asked> first() {
        return order().stream().flatMap(name -> form.asked().stream().filter(field -> field.name().equals(name))).toList();
    }

    /** Fields that a deployer's procedure adds come here too. */
    public List<Asked> rest() {
        return form.asked().stream().filter(field -> !order().contains(field.name()) && !NEVER.contains(field.name())).toList();
    }

    /** Whether the folded part has something that must be seen. */
    public boolean open() {
        return rest().stream().anyMatch(field -> field.filled() || field.searched()
                || form.refusals().stream().anyMatch(refusal -> refusal.field().equals(field.name())));
    }
}
