package org.heshi.search.index;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.heshi.kernel.CivilTime;

/** What is asked, as the index is asked it. Nothing that a person types has a meaning but its letters and digits. */
final class Questions {

    /** Up to so many characters a run must stand in the text exactly, and a number always; of a longer one three quarters of the pairs suffice. */
    private static final int EXACT = 8;
    private static final double ENOUGH = 0.75;
    private static final int MOST_RUNS = 24;

    private Questions() {
    }

    static Query of(Asked asked, Eyes eyes, Function<String, List<String>> once) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        boolean any = false;
        for (int[] run : Grams.runs(Grams.normal(asked.words())).stream().limit(MOST_RUNS).toList()) {
            any = true;
            all.add(run(Doc.TWO, run), Occur.MUST);
            if (run.length > 1) {
                all.add(new BoostQuery(run(Doc.TITLE, run), 2), Occur.SHOULD);
            }
        }
        if (!any) {
            all.add(new MatchAllDocsQuery(), Occur.MUST);
        }
        filter(all, Doc.KIND, asked.kind());
        filter(all, Doc.STATE, asked.state());
        filter(all, Doc.CATEGORY, asked.category());
        filter(all, Doc.LEVEL, asked.level());
        if (!asked.division().isEmpty()) {
            all.add(within(Doc.PLACE, asked.division(), once), Occur.FILTER);
        }
        asked.closed().ifPresent(closed -> filter(all, Doc.CLOSED, closed.toString()));
        if (asked.from().isPresent() || asked.to().isPresent()) {
            long from = asked.from().map(Questions::start).orElse(Long.MIN_VALUE);
            long to = asked.to().map(day -> start(day.plusDays(1)) - 1).orElse(Long.MAX_VALUE);
            all.add(LongPoint.newRangeQuery(Doc.RECORDED, from, to), Occur.FILTER);
        }
        BooleanQuery.Builder seen = new BooleanQuery.Builder().add(term(Doc.UNIT, eyes.unit().toString()), Occur.SHOULD);
        if (!eyes.scope().isEmpty()) {
            seen.add(within(Doc.SCOPE, eyes.scope(), once), Occur.SHOULD);
        }
        all.add(seen.build(), Occur.FILTER);
        all.add(term(Doc.BARRED, eyes.unit().toString()), Occur.MUST_NOT);
        return all.build();
    }

    /** The place, and what went into it. */
    private static Query within(String field, String code, Function<String, List<String>> once) {
        BooleanQuery.Builder any = new BooleanQuery.Builder().add(term(field, code), Occur.SHOULD);
        once.apply(code).forEach(gone -> any.add(term(field, gone), Occur.SHOULD));
        return any.build();
    }

    private static Query run(String field, int[] run) {
        if (run.length == 1) {
            return term(Doc.ONE, Grams.one(run, 0));
        }
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        for (int i = 0; i + 1 < run.length; i++) {
            phrase.add(new Term(field, Grams.pair(run, i)), i);
        }
        // ten digits have few different pairs: three quarters of a telephone number's are found in many a number of a matter
        if (run.length <= EXACT || Arrays.stream(run).allMatch(Character::isDigit)) {
            return phrase.build();
        }
        BooleanQuery.Builder most = new BooleanQuery.Builder();
        String[] pairs = new String[run.length - 1];
        Arrays.setAll(pairs, i -> Grams.pair(run, i));
        long different = Arrays.stream(pairs).distinct().count();
        Arrays.stream(pairs).distinct().forEach(pair -> most.add(term(field, pair), Occur.SHOULD));
        most.setMinimumNumberShouldMatch((int) Math.ceil(different * ENOUGH));
        return new BooleanQuery.Builder().add(most.build(), Occur.MUST).add(new BoostQuery(phrase.build(), 4), Occur.SHOULD).build();
    }

    private static void filter(BooleanQuery.Builder all, String field, String value) {
        if (!value.isEmpty()) {
            all.add(term(field, value), Occur.FILTER);
        }
    }

    private static TermQuery term(String field, String value) {
        return new TermQuery(new Term(field, value));
    }

    private static long start(LocalDate day) {
        return CivilTime.startOf(day).toEpochMilli();
    }
}
