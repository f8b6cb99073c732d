package org.heshi.statistics.cube;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The numbers of codes. A number once committed is never another's; units have numbers of their own, so that those of kinds stay small. */
@Component
class CellWords {

    private static final int UNITS = 100_000;

    private final JdbcClient jdbc;
    /** Only what was found in the database, never what a transaction wrote that may be taken back. */
    private final Map<String, Integer> known = new ConcurrentHashMap<>();
    /** What transactions wrote that go on: they find it themselves. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    CellWords(@Qualifier("follower") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes nothing down. Empty when one of them has no number. */
    Optional<Map<String, Integer>> given(Collection<String> words) {
        Map<String, Integer> numbers = new HashMap<>();
        Set<String> unknown = look(words, numbers);
        return unknown.isEmpty() ? Optional.of(numbers) : Optional.empty();
    }

    /** Gives numbers to those that have none. Whoever calls holds the lock on what is counted. */
    Map<String, Integer> numbers(Collection<String> words) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String word : look(words, numbers)) {
            keepOpen(word);
            boolean unit = Changes.unit(word) && word.length() == 36;
            numbers.put(word, jdbc.sql("""
                    insert into statistics.word (id, word)
                    select coalesce(max(id), ?) + 1, ? from statistics.word where (id > ?) = ?
                    returning id
                    """).params(unit ? UNITS : 0, word, UNITS, unit).query(Integer.class).single());
        }
        return numbers;
    }

    private void keepOpen(String word) {
        if (TransactionSynchronizationManager.isSynchronizationActive() && underWay.add(word)) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    underWay.remove(word);
                }
            });
        }
    }

    /** @return those that have no number */
    private Set<String> look(Collection<String> words, Map<String, Integer> numbers) {
        Set<String> unknown = new TreeSet<>();
        for (String word : words) {
            Integer number = known.get(word);
            if (number != null) {
                numbers.put(word, number);
            } else if (!word.isEmpty()) {
                unknown.add(word);
            }
        }
        if (!unknown.isEmpty()) {
            jdbc.sql("select id, word from statistics.word where word = any (?)").param(unknown.toArray(String[]::new)).query(r -> {
                numbers.put(r.getString("word"), r.getInt("id"));
                if (!underWay.contains(r.getString("word"))) {
                    known.put(r.getString("word"), r.getInt("id"));
                }
            });
            unknown.removeAll(numbers.keySet());
        }
        return unknown;
    }
}
