package org.heshi.directory;

import java.util.List;
import java.util.Optional;

/** The category tree, edited by the administrator; a category that ended keeps its name for the matters that have it. */
public interface Categories {

    /** By code, also one that ended. */
    Optional<Category> find(String code);

    /** Whether there is such a code or was one; none is ever taken away. Asked by every report, it mostly costs no way to the database. */
    boolean known(String code);

    /** The current ones right below; an empty code lists the first level. */
    List<Category> children(String parent);

    /** Every current one, by code: first, second and third level together. */
    List<Category> all();

    /** The current one with exactly this name, the first level first. */
    Optional<Category> findByName(String name);

    /** The current one reached by exactly these names from the first level down. */
    Optional<Category> findPath(List<String> names);

    /** The full name for people: 城乡建设 / 城市建设和市政管理 / 园林绿化环卫, in the language asked for. */
    String path(String code, java.util.Locale locale);

    /** Current ones whose name or pinyin initials match. */
    List<Category> search(String typed, int limit);

    /**
     * Finds or makes the categories of a path of names from the first level down, each below the one before, and answers the last. A new one
     * gets the next code below its parent; its English name is its Chinese one until somebody knows better.
     * Only the program's own parts and administrators may make one.
     *
     * @throws IllegalArgumentException when there are not one to three names, a name is blank or longer than 60 characters, or a parent
     *                                  already has 99 children
     */
    Category addPath(List<String> names);
}
