package org.heshi.documents.register;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The words before the numbers of units' papers. */
@Component
public class PaperWords {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    PaperWords(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** By series, as far as a paper was numbered or a word was set. */
    public Map<String, String> of(UUID unit) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            Map<String, String> words = new LinkedHashMap<>();
            jdbc.sql("select series, word from documents.word where unit = ? order by series").param(unit).query(r -> {
                words.put(r.getString("series"), r.getString("word"));
            });
            return words;
        }));
    }

    /** Sets one; as a machine. @return false when it is in use already */
    public boolean set(UUID unit, String series, String word) {
        if (series.isBlank() || series.length() > 20 || word.isBlank() || word.length() > 60) {
            throw new IllegalArgumentException("a series has 1 to 20 characters, a word 1 to 60");
        }
        return Objects.requireNonNull(transactions.execute(_ -> {
            int taken = jdbc.sql("select count(*) from documents.word where word = ? and (unit, series) <> (?, ?)").params(word, unit, series).query(Integer.class).single();
            return taken == 0 && jdbc.sql("insert into documents.word (unit, series, word) values (?, ?, ?) on conflict (unit, series) do update set word = excluded.word")
                    .params(unit, series, word).update() == 1;
        }));
    }
}
