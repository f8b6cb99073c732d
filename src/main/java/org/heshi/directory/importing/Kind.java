package org.heshi.directory.importing;

import java.util.List;
import java.util.Optional;

/** The sheets that are read, with their columns in order; each is known by its Chinese or its English heading. */
enum Kind {
    UNITS("机构", "Units", List.of(
            new Column("名称", "Name", true), new Column("类型", "Kind", true), new Column("区划代码", "Division", true),
            new Column("上级机构", "Part of", false))),
    POSTS("岗位与人员", "Posts", List.of(
            new Column("机构", "Unit", true), new Column("机构区划代码", "Division", false), new Column("岗位", "Post", true),
            new Column("职责", "Roles", true), new Column("姓名", "Person", false), new Column("办公电话", "Telephone", false),
            new Column("电子邮箱", "E-mail", false), new Column("岗位区划代码", "Place of the post", false))),
    RULES("办理分工", "Rules", List.of(
            new Column("分类代码", "Category", false), new Column("区划代码", "Division", true), new Column("牵头机构", "Lead", true),
            new Column("协助机构", "Helpers", false)));

    /** @param needed whether the heading must be there */
    record Column(String zh, String en, boolean needed) {

        boolean named(String heading) {
            return heading.strip().equals(zh) || heading.strip().equalsIgnoreCase(en);
        }
    }

    final String zh;
    final String en;
    final List<Column> columns;

    Kind(String zh, String en, List<Column> columns) {
        this.zh = zh;
        this.en = en;
        this.columns = columns;
    }

    static Optional<Kind> of(String sheet) {
        for (Kind kind : values()) {
            if (sheet.strip().equals(kind.zh) || sheet.strip().equalsIgnoreCase(kind.en)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
