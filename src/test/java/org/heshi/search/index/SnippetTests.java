package org.heshi.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.heshi.search.index.Snippet.Part;
import org.junit.jupiter.api.Test;

class SnippetTests {

    @Test
    void marksWhatWasLookedFor() {
        assertThat(Snippet.whole("枫桥镇路灯不亮", "路灯 枫桥").parts()).containsExactly(
                new Part("枫桥", true), new Part("镇", false), new Part("路灯", true), new Part("不亮", false));
    }

    @Test
    void beginsShortlyBeforeThePlaceFound() {
        Snippet snippet = Snippet.of("一".repeat(200) + "路灯" + "二".repeat(200), "路灯", 60);
        assertThat(snippet.parts().getFirst()).isEqualTo(new Part("…", false));
        assertThat(snippet.parts().get(2)).isEqualTo(new Part("路灯", true));
        assertThat(snippet.parts().getLast()).isEqualTo(new Part("…", false));
    }

    @Test
    void marksFullWidthWordsInTheirOwnForm() {
        assertThat(Snippet.whole("ＡＢ小区", "ab").parts()).containsExactly(new Part("ＡＢ", true), new Part("小区", false));
    }

    @Property
    void neverChangesTheText(@ForAll String text, @ForAll String words) {
        String whole = text.codePoints().collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        assertThat(Snippet.whole(text, words).parts().stream().map(Part::text).collect(Collectors.joining())).isEqualTo(whole);
    }
}
