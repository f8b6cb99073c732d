package org.heshi.directory.categories;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heshi.directory.Category;
import org.heshi.directory.HeldPost;
import org.heshi.directory.desk.Answer;
import org.heshi.directory.desk.Days;
import org.heshi.directory.desk.Ground;
import org.heshi.directory.desk.Wording;
import org.heshi.divisions.Pinyin;
import org.heshi.kernel.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Adds, renames and ends categories. */
@Component
class CategoryEditing {

    private final CategoriesJdbc categories;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Pinyin pinyin;
    private final InstantSource clock;

    CategoryEditing(CategoriesJdbc categories, JdbcClient jdbc, TransactionTemplate transactions, Pinyin pinyin, InstantSource clock) {
        this.categories = categories;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.pinyin = pinyin;
        this.clock = clock;
    }

    /** @param parent code of the one above; empty for the first level */
    Answer add(HeldPost by, String parent, CategoryForm form) {
        return transactions.execute(_ -> {
            categories.lock();
            List<Refusal> refusals = check(by, parent, "", form);
            if (categories.nextBelow(parent) > CategoriesJdbc.MOST_CHILDREN) {
                refusals.add(Refusal.of("directory-no-code-left"));
            }
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals);
            }
            return new Answer.Done(categories.add(parent, form.name().strip(), english(form)).code());
        });
    }

    Answer rename(HeldPost by, Category category, CategoryForm form) {
        return transactions.execute(_ -> {
            categories.lock();
            List<Refusal> refusals = check(by, parent(category), category.code(), form);
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals);
            }
            jdbc.sql("update directory.category set name = ?, name_en = ?, initials = ? where code = ?")
                    .params(form.name().strip(), english(form), pinyin.initials(form.name()), category.code()).update();
            return new Answer.Done(category.code());
        });
    }

    /** Ends a category and every one below it; matters that have it keep its name. Rules for it stop with it. */
    Answer end(HeldPost by, Category category) {
        Optional<Refusal> refusal = mayEdit(by);
        if (refusal.isPresent()) {
            return new Answer.Refused(List.of(refusal.get()));
        }
        var now = Days.at(clock.instant());
        transactions.executeWithoutResult(_ -> {
            categories.lock();
            jdbc.sql("update directory.category set ended_at = ? where starts_with(code, ?) and ended_at is null").params(now, category.code()).update();
            jdbc.sql("update directory.handles set ends_at = ? where starts_with(category, ?) and ends_at is null and starts_at < ?")
                    .params(now, category.code(), now).update();
        });
        return new Answer.Done(category.code());
    }

    static String parent(Category category) {
        return category.code().substring(0, category.code().length() - 2);
    }

    private List<Refusal> check(HeldPost by, String parent, String own, CategoryForm form) {
        List<Refusal> refusals = new ArrayList<>(Wording.name("name", form.name(), CategoriesJdbc.LONGEST_NAME));
        if (!form.nameEn().isBlank()) {
            refusals.addAll(Wording.name("nameEn", form.nameEn(), 2 * CategoriesJdbc.LONGEST_NAME));
        }
        mayEdit(by).ifPresent(refusals::add);
        if (form.name().contains("/")) {
            refusals.add(Refusal.at("name", "directory-no-slash"));
        }
        categories.children(parent).stream().filter(other -> other.name().equals(form.name().strip()) && !other.code().equals(own)).findFirst()
                .ifPresent(other -> refusals.add(Refusal.at("name", "directory-name-taken", other.name())));
        return refusals;
    }

    private static Optional<Refusal> mayEdit(HeldPost by) {
        return Ground.maySetCategories(by) ? Optional.empty() : Optional.of(Refusal.of("directory-categories-county"));
    }

    private static String english(CategoryForm form) {
        return form.nameEn().isBlank() ? form.name().strip() : form.nameEn().strip();
    }
}
