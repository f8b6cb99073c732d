package org.heshi.exchange.open311;

import java.util.List;
import java.util.Locale;
import org.heshi.directory.Category;

/**
 * A category that is offered to other programs.
 *
 * @param group the category above it; the same when there is none
 * @param batch whether the number is given for a token, once the matter is public, and not at once
 */
record Service(Category category, Category group, boolean batch, String description, String keywords, List<Attribute> attributes) {

    Service {
        attributes = List.copyOf(attributes);
    }

    String code() {
        return category.code();
    }

    static String name(Category category, Locale locale) {
        return locale.getLanguage().equals("en") ? category.nameEn() : category.name();
    }
}
