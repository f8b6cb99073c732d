package org.heshi.exchange.sheet;

import java.util.Arrays;
import java.util.Optional;

/** A column of the sheet, known by its Chinese or its English heading. */
enum Column {
    TITLE("标题", "Title", true), TEXT("内容", "Text", true), RECEIVED("反映时间", "Received", true), KIND("事项类型", "Kind", true),
    CATEGORY("分类", "Category", false), LEVEL("等级", "Level", false), CHANNEL("来源渠道", "Channel", false), PLACE("所在区域", "Place", false),
    WHERE("具体地点", "Where", false), NAME("反映人", "Reporter", false), PHONE("联系电话", "Telephone", false), LEAD("办理单位", "Lead", false),
    ANSWER("答复", "Answer", false), ANSWERED("答复时间", "Answered", false), OUTCOME("办理结果", "Outcome", false), SOURCE("数据来源", "Source", false);

    private final String zh;
    private final String en;
    private final boolean needed;

    Column(String zh, String en, boolean needed) {
        this.zh = zh;
        this.en = en;
        this.needed = needed;
    }

    String zh() {
        return zh;
    }

    String in(boolean english) {
        return english ? en : zh;
    }

    boolean needed() {
        return needed;
    }

    boolean time() {
        return this == RECEIVED || this == ANSWERED;
    }

    static Optional<Column> of(String heading) {
        String said = heading.strip().replace("*", "");
        return Arrays.stream(values()).filter(column -> column.zh.equals(said) || column.en.equalsIgnoreCase(said)).findFirst();
    }
}
