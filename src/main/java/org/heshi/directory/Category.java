package org.heshi.directory;

/**
 * A node of the category tree of three levels. A code is its parent's code and two more digits: {@code 07}, {@code 0703}, {@code 070312}.
 */
public record Category(String code, String name, String nameEn) {

    public int level() {
        return code.length() / 2;
    }
}
