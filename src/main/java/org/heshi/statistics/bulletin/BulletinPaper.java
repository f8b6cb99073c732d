package org.heshi.statistics.bulletin;

import java.util.List;
import org.heshi.statistics.board.BoardPaper;

/**
 * A bulletin as it is printed. Its words are in the language of papers.
 *
 * @param number  which one, or that it is a draft
 * @param issuer  the centre
 * @param caution that it is an internal paper
 * @param counted as of when its figures are
 * @param replaces of which one it takes the place; empty: of none
 * @param sections in their order
 */
public record BulletinPaper(String title, String number, String issuer, String day, String caution, String counted, String replaces, List<Section> sections, String meaning,
        List<BoardPaper.Fact> means) {

    public BulletinPaper {
        sections = List.copyOf(sections);
        means = List.copyOf(means);
    }

    /** @param tables empty for words alone */
    public record Section(String title, List<String> paragraphs, List<BoardPaper.Part> tables) {

        public Section {
            paragraphs = List.copyOf(paragraphs);
            tables = List.copyOf(tables);
        }
    }
}
