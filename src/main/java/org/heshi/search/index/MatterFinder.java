package org.heshi.search.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Page;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Finds matters by words and shows none that the database does not allow. */
@Component
public class MatterFinder {

    /** So many candidates are looked at for one page; then it ends, fuller or emptier, and goes on with the next. */
    static final int MOST_EXAMINED = 600;

    private static final Sort RELEVANCE = new Sort(SortField.FIELD_SCORE, new SortField(Doc.ID, SortField.Type.STRING, true));
    private static final Sort NEWEST = new Sort(new SortField(Doc.RECORDED, SortField.Type.LONG, true),
            new SortField(Doc.ID, SortField.Type.STRING, true));

    private final Shelf shelf;
    private final SearchFollower follower;
    private final Function<String, List<String>> once;

    @Autowired
    MatterFinder(Shelf shelf, SearchFollower follower, Divisions divisions) {
        this(shelf, follower, divisions::once);
    }

    /** @param once codes that went into a place: what is in the index still has them */
    MatterFinder(Shelf shelf, SearchFollower follower, Function<String, List<String>> once) {
        this.shelf = shelf;
        this.follower = follower;
        this.once = once;
    }

    /** How far a rebuild has come, 0 to 99; empty when none runs. */
    public OptionalInt rebuilding() {
        return follower.rebuilding();
    }

    /**
     * One page. It never says how many there are: a number would tell of matters that who looks may not see.
     *
     * @param after   key of the page before; empty or no key of ours: the first page
     * @param allowed the rows of those that who looks may see, in the order of the ids
     * @param id      the id of a row
     */
    public <R> Page<R> find(Asked asked, Eyes eyes, String after, int size, Function<List<UUID>, List<R>> allowed, Function<R, UUID> id) {
        Query query = Questions.of(asked, eyes, once);
        boolean newest = asked.newest() || !asked.hasWords();
        List<R> shown = new ArrayList<>();
        Optional<Hit> last = Hit.parse(after, newest);
        int examined = 0;
        while (true) {
            List<Hit> hits = hits(query, newest, last, size + 1);
            List<R> rows = allowed.apply(hits.stream().map(Hit::matter).toList());
            int next = 0;
            for (Hit hit : hits) {
                boolean may = next < rows.size() && id.apply(rows.get(next)).equals(hit.matter());
                if (may && shown.size() == size) {
                    return new Page<>(shown, last.map(Hit::key));
                }
                if (may) {
                    shown.add(rows.get(next++));
                }
                last = Optional.of(hit);
            }
            examined += hits.size();
            if (hits.size() < size + 1) {
                return new Page<>(shown, Optional.empty());
            }
            if (examined >= MOST_EXAMINED) {
                return new Page<>(shown, last.map(Hit::key));
            }
        }
    }

    private List<Hit> hits(Query query, boolean newest, Optional<Hit> after, int count) {
        return shelf.search(searcher -> {
            Sort sort = newest ? NEWEST : RELEVANCE;
            TopDocs top = after.isPresent() ? searcher.searchAfter(after.get().doc(searcher), query, count, sort) : searcher.search(query, count, sort);
            List<Hit> hits = new ArrayList<>(top.scoreDocs.length);
            for (ScoreDoc doc : top.scoreDocs) {
                hits.add(hit(searcher, (FieldDoc) doc, newest));
            }
            return hits;
        });
    }

    private static Hit hit(IndexSearcher searcher, FieldDoc doc, boolean newest) throws IOException {
        UUID matter = UUID.fromString(searcher.storedFields().document(doc.doc).get(Doc.ID));
        return new Hit(newest, newest ? (Long) doc.fields[0] : Float.floatToIntBits((Float) doc.fields[0]), matter);
    }

    /** @param rank time of recording in milliseconds, or the bits of the score */
    private record Hit(boolean newest, long rank, UUID matter) {

        String key() {
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(((newest ? "n" : "r") + rank + "|" + matter).getBytes(StandardCharsets.US_ASCII));
        }

        static Optional<Hit> parse(String key, boolean newest) {
            if (!key.matches("[A-Za-z0-9_-]{10,100}")) {
                return Optional.empty();
            }
            String plain;
            try {
                plain = new String(Base64.getUrlDecoder().decode(key), StandardCharsets.US_ASCII);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
            return plain.matches((newest ? "n" : "r") + "-?[0-9]{1,18}\\|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                    ? Optional.of(new Hit(newest, Long.parseLong(plain.substring(1, plain.indexOf('|'))),
                            UUID.fromString(plain.substring(plain.indexOf('|') + 1))))
                    : Optional.empty();
        }

        /** As the last document of all, so that of equals (there is only itself) none comes again. */
        FieldDoc doc(IndexSearcher searcher) {
            Object first = newest ? (Object) rank : (Object) Float.intBitsToFloat((int) rank);
            return new FieldDoc(Math.max(0, searcher.getIndexReader().maxDoc() - 1), newest ? Float.NaN : (Float) first, new Object[] {first, new BytesRef(matter.toString())});
        }
    }
}
