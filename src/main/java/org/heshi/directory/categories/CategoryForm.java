package org.heshi.directory.categories;

import java.util.Objects;

/** Names of a category in both languages; an empty English one becomes the Chinese one. */
public record CategoryForm(String name, String nameEn) {

    public CategoryForm {
        name = Objects.requireNonNullElse(name, "");
        nameEn = Objects.requireNonNullElse(nameEn, "");
    }
}
