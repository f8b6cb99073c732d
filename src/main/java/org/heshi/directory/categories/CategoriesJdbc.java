package org.heshi.directory.categories;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.names.Typed;
import org.heshi.divisions.Pinyin;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class CategoriesJdbc implements Categories {

    private static final String CATEGORY = "select c.code, c.name, c.name_en from directory.category c ";
    static final int LONGEST_NAME = 60;
    static final int MOST_CHILDREN = 99;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Pinyin pinyin;

    CategoriesJdbc(JdbcClient jdbc, TransactionTemplate transactions, Pinyin pinyin) {
        this.jdbc = jdbc;
        this.pinyin = pinyin;
        this.transactions = transactions;
    }

    @Override
    public Optional<Category> find(String code) {
        return jdbc.sql(CATEGORY + "where c.code = ?").param(code).query(Category.class).optional();
    }

    @Override
    public boolean known(String code) {
        return lately().containsKey(code) || find(code).isPresent();
    }

    @Override
    public List<Category> children(String parent) {
        return jdbc.sql(CATEGORY + "where c.parent is not distinct from nullif(?, '') and c.ended_at is null order by c.code")
                .param(parent).query(Category.class).list();
    }

    /** The current tree as it was read last, with the number that it had then and when that was asked. */
    private record Read(long edition, long asked, List<Category> tree, Map<String, Category> byCode) {
    }

    /** Names in a list may be this old: a page asks for hundreds of them at once. */
    private static final long FRESH_NANOS = 500_000_000L;

    private volatile Read read = new Read(0, 0, List.of(), Map.of());

    @Override
    public List<Category> all() {
        Read known = read;
        long edition = jdbc.sql("select number from directory.category_edition").query(Long.class).single();
        if (known.edition() != edition) {
            // the number is asked first: a change in between makes the tree newer than its number, and it is read again next time
            List<Category> tree = List.copyOf(jdbc.sql(CATEGORY + "where c.ended_at is null order by c.code").query(Category.class).list());
            known = new Read(edition, System.nanoTime(), tree, tree.stream().collect(Collectors.toUnmodifiableMap(Category::code, c -> c)));
        } else {
            known = new Read(edition, System.nanoTime(), known.tree(), known.byCode());
        }
        read = known;
        return known.tree();
    }

    private Map<String, Category> lately() {
        if (System.nanoTime() - read.asked() > FRESH_NANOS) {
            all();
        }
        return read.byCode();
    }

    @Override
    public Optional<Category> findByName(String name) {
        return jdbc.sql(CATEGORY + "where c.ended_at is null and c.name = ? order by length(c.code), c.code limit 1")
                .param(name).query(Category.class).optional();
    }

    @Override
    public Optional<Category> findPath(List<String> names) {
        Optional<Category> found = Optional.empty();
        for (String name : names) {
            found = child(found.map(Category::code).orElse(""), name.strip());
            if (found.isEmpty()) {
                return found;
            }
        }
        return found;
    }

    @Override
    public String path(String code, Locale locale) {
        boolean english = Locale.ENGLISH.getLanguage().equals(locale.getLanguage());
        Map<String, Category> known = lately();
        if (code.length() >= 2 && known.containsKey(code)) {
            return IntStream.of(2, 4, 6).filter(length -> length <= code.length()).mapToObj(length -> known.get(code.substring(0, length)))
                    .filter(Objects::nonNull).map(c -> english ? c.nameEn() : c.name()).collect(Collectors.joining(" / "));
        }
        // one that ended
        return jdbc.sql(CATEGORY + "where c.code in (left(:code, 2), left(:code, 4), left(:code, 6)) order by c.code")
                .param("code", code).query(Category.class).list().stream()
                .map(c -> english ? c.nameEn() : c.name())
                .collect(Collectors.joining(" / "));
    }

    @Override
    public List<Category> search(String typed, int limit) {
        Typed words = new Typed(typed);
        if (words.blank()) {
            return List.of();
        }
        return jdbc.sql(CATEGORY + """
                where c.ended_at is null and (c.name like :anywhere or c.initials like :initials or c.name_en ilike :anywhere)
                order by c.name = :typed desc, c.name like :start desc, length(c.code), c.code
                limit :limit""")
                .param("anywhere", words.anywhere()).param("initials", words.initials()).param("start", words.atTheStart())
                .param("typed", words.text()).param("limit", limit)
                .query(Category.class).list();
    }

    @Override
    public Category addPath(List<String> names) {
        if (names.isEmpty() || names.size() > 3) {
            throw new IllegalArgumentException("a path has one to three names: " + names);
        }
        return transactions.execute(_ -> {
            Category last = null;
            for (String name : names) {
                String parent = last == null ? "" : last.code();
                last = child(parent, name.strip()).orElseGet(() -> add(parent, name.strip(), name.strip()));
            }
            return last;
        });
    }

    private Optional<Category> child(String parent, String name) {
        return jdbc.sql(CATEGORY + "where c.parent is not distinct from nullif(?, '') and c.ended_at is null and c.name = ?")
                .param(parent).param(name).query(Category.class).optional();
    }

    /** Inside a transaction: the lock on the tree keeps two editors from taking the same code. */
    Category add(String parent, String name, String nameEn) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("not a name of a category: " + name);
        }
        lock();
        int next = nextBelow(parent);
        if (next > MOST_CHILDREN) {
            throw new IllegalArgumentException("no code is left below " + parent);
        }
        String code = parent + "%02d".formatted(next);
        jdbc.sql("insert into directory.category (code, name, name_en, initials) values (?, ?, ?, ?)")
                .param(code).param(name).param(nameEn).param(pinyin.initials(name)).update();
        return new Category(code, name, nameEn);
    }

    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('directory.category'))").query().singleRow();
    }

    int nextBelow(String parent) {
        return jdbc.sql("select coalesce(max(right(c.code, 2)::int), 0) + 1 from directory.category c where c.parent is not distinct from nullif(?, '')")
                .param(parent).query(Integer.class).single();
    }
}
