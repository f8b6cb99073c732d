package org.heshi.search.index;

import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Single characters, or pairs of neighbours, of a text for the index; between two runs lies a gap that no phrase crosses. */
final class GramStream extends TokenStream {

    private static final int GAP = 8;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private final List<int[]> runs;
    private final int width;
    private int run;
    private int at;

    GramStream(List<int[]> runs, int width) {
        this.runs = runs;
        this.width = width;
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        boolean gap = at == 0 && run > 0;
        while (run < runs.size() && at + width > runs.get(run).length) {
            run++;
            at = 0;
            gap = true;
        }
        if (run == runs.size()) {
            return false;
        }
        term.append(width == 1 ? Grams.one(runs.get(run), at) : Grams.pair(runs.get(run), at));
        step.setPositionIncrement(gap ? GAP : 1);
        at++;
        return true;
    }

    @Override
    public void reset() {
        run = 0;
        at = 0;
    }
}
