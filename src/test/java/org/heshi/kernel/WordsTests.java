package org.heshi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.heshi.matters.log.CanonicalJson;
import org.junit.jupiter.api.Test;

class WordsTests {

    @Test
    void takesAwayWhatNobodySeesAndKeepsEverythingElse() {
        assertThat(Words.clean("  \u3000路灯\u200B不\u202E亮\uFEFF\r\n第二行\r第三行\u0000 ")).isEqualTo("路灯不亮\n第二行\n第三行");
        assertThat(Words.clean("𠮷野家 👨‍👩‍👧 مرحبا <b>&amp;'\"")).isEqualTo("𠮷野家 👨‍👩‍👧 مرحبا <b>&amp;'\"");
        assertThat(Words.clean("a\uD800b")).isEqualTo("a�b");
        assertThat(Words.line(" 一  行\n两\t行 ")).isEqualTo("一 行 两 行");
    }

    @Property
    void whatIsCleanStaysAsItIsAndCanBeWrittenCanonically(@ForAll String typed) {
        String once = Words.clean(typed);
        assertThat(Words.clean(once)).isEqualTo(once);
        assertThat(CanonicalJson.write(once)).startsWith("\"").endsWith("\"");
    }
}
