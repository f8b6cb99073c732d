package org.heshi.directory;

import java.util.List;
import java.util.Optional;

/** The category tree, edited by the administrator; a category that ended keeps its name for the matters that have it. */
public interface Categories {

    /** By code, also one that ended. */
    Optional<Category> find(String code);

    /** The current ones right below; an empty code lists the first level. */
    List<Category> children(String parent);

    /** Every current one, by code: first, second and third level together. */
    List<Category> all();

    /** The current one with exactly this name, the first level first. */
    Optional<Category> findByName(String name);

    /** The full name for people: 城乡建设 / 城市建设和市政管理 / 园林绿化环卫, in the language asked for. */
    String path(String code, java.util.Locale locale);

    /** Current ones whose name or pinyin initials match. */
    List<Category> search(String typed, int limit);
}
