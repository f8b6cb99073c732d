package org.heshi.search.index;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.heshi.matters.MatterLog.Now;

/**
 * What the index holds of a matter: its words as grams without long numbers, and codes to narrow by. No name, no number or address of a person, no person's id, and
 * no text that could be read back whole.
 */
final class Doc {

    /** Words that may be searched; every other field of people's words stays out. */
    static final List<String> WORDS = List.of("title", "description", "place-words", "answer");

    static final String ID = "id";
    static final String ONE = "one";
    static final String TWO = "two";
    static final String TITLE = "title";
    static final String KIND = "kind";
    static final String STATE = "state";
    static final String CATEGORY = "category";
    static final String LEVEL = "level";
    static final String PLACE = "place";
    static final String SCOPE = "scope";
    static final String UNIT = "unit";
    static final String BARRED = "barred";
    static final String CLOSED = "closed";
    static final String RECORDED = "recorded";

    private static final List<String> LEVELS = List.of("blue", "yellow", "red");
    private static final FieldType SINGLES = type(IndexOptions.DOCS_AND_FREQS);
    private static final FieldType PAIRS = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);

    private Doc() {
    }

    /** @param before the scope that it had before its place went on under another code; else the same as now */
    static Document of(Now now, String before) {
        Document doc = new Document();
        String id = now.matter().toString();
        doc.add(new StringField(ID, id, Field.Store.YES));
        doc.add(new SortedDocValuesField(ID, new BytesRef(id)));
        StringBuilder all = new StringBuilder();
        for (String field : WORDS) {
            all.append('\n').append(now.words().getOrDefault(field, ""));
        }
        List<int[]> runs = Grams.runs(Grams.normal(now.number().digits() + ' ' + now.number().shown()) + Grams.masked(Grams.normal(all.toString())));
        doc.add(new Field(ONE, new GramStream(runs, 1), SINGLES));
        doc.add(new Field(TWO, new GramStream(runs, 2), PAIRS));
        doc.add(new Field(TITLE, new GramStream(Grams.runs(Grams.masked(Grams.normal(now.words().getOrDefault("title", "")))), 2), PAIRS));
        code(doc, KIND, now.kind());
        code(doc, STATE, now.state());
        now.category().ifPresent(category -> prefixes(category).forEach(prefix -> code(doc, CATEGORY, prefix)));
        code(doc, LEVEL, LEVELS.get(now.level()));
        prefixes(now.division()).forEach(prefix -> code(doc, PLACE, prefix));
        Set<String> scopes = prefixes(now.scope());
        scopes.addAll(prefixes(before));
        scopes.forEach(prefix -> code(doc, SCOPE, prefix));
        for (Map.Entry<String, Set<UUID>> held : now.units().entrySet()) {
            held.getValue().forEach(unit -> code(doc, UNIT, unit.toString()));
        }
        now.barred().forEach(unit -> code(doc, BARRED, unit.toString()));
        code(doc, CLOSED, Boolean.toString(now.terminal()));
        doc.add(new LongPoint(RECORDED, now.recordedAt().toEpochMilli()));
        doc.add(new NumericDocValuesField(RECORDED, now.recordedAt().toEpochMilli()));
        return doc;
    }

    /** Every beginning of a code, itself last: one term for each place or category above. */
    private static Set<String> prefixes(String code) {
        Set<String> prefixes = new LinkedHashSet<>();
        for (int length = 2; length <= code.length(); length++) {
            prefixes.add(code.substring(0, length));
        }
        return prefixes;
    }

    private static void code(Document doc, String field, String value) {
        doc.add(new StringField(field, value, Field.Store.NO));
    }

    private static FieldType type(IndexOptions options) {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(options);
        type.freeze();
        return type;
    }
}
