package org.heshi.site;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heshi.access.Actor;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Flash;
import org.heshi.kernel.FooterNote;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Refusal;

/**
 * What every template knows without being told by its controller: the reader's language and words, who reads, the menu, the token of forms.
 * It stands in each page's model as {@code frame}. Everything in it is worked out when it is first asked for.
 */
public interface Frame {

    /** Request attribute: how many posts the reader holds now. */
    String POSTS = "org.heshi.posts";

    /**
     * The message in the reader's language. Arguments may be {@link Instant}, {@link LocalDate} or {@link Bilingual}; they are written as the
     * reader's language writes them. A key that does not exist fails in tests; in service the key itself is shown and the log says so.
     */
    String t(String key, Object... arguments);

    /** Whether there is such a message: for keys made of codes that a deployer may add. */
    boolean has(String key);

    /** {@code zh_CN} or {@code en}. */
    Locale locale();

    /** For the {@code lang} attribute: {@code zh-CN} or {@code en}. */
    String lang();

    /** The staff member who reads, if one is signed in. */
    Optional<Actor.Staff> staff();

    /** The resident who reads, if a number and code were given. */
    Optional<Actor.Resident> resident();

    /** Names and value of the token that each POST form carries. */
    Csrf csrf();

    /** Path of this page, without the query. */
    String path();

    /** What the reader's roles let them open, in order. */
    List<MenuItem> menu();

    /** What stands at the foot of every page besides the site's own words. */
    List<FooterNote> notes();

    /** This same page in each language. */
    List<Language> languages();

    /** Notices that the reader's post has not read; 0 for everybody without a post. */
    int unread();

    /** How many posts the reader holds now; more than one gives them the switch. */
    int posts();

    /** The civil date in Asia/Shanghai: 2026年7月3日. */
    String date(Instant instant);

    String date(LocalDate day);

    /** A month as people write it: 2026年7月. */
    default String month(java.time.YearMonth month) {
        return t("site.month", Integer.toString(month.getYear()), Integer.toString(month.getMonthValue()));
    }

    /** Civil date and time in Asia/Shanghai, to the minute: 2026年7月3日 14:05. */
    String dateTime(Instant instant);

    /** A refusal in words, from the message {@code refusal.<code>}. */
    String refusal(Refusal refusal);

    /** Those of the refusals that stand beside this field. */
    List<Refusal> at(String field, List<Refusal> refusals);

    /** What the page before said, once. */
    Optional<Flash> flash();

    /**
     * Address of a file under {@code static/} or of a WebJar ({@code /webjars/htmx.org/dist/htmx.min.js}) with its version in it, so that
     * browsers may keep it for a year.
     */
    String asset(String path);

    /** Whether the menu item leads to this page or one below it, and none leads nearer. */
    boolean here(String href);

    /** The token against forged forms. */
    record Csrf(String parameter, String header, String token) {
    }

    /**
     * One language of this page.
     *
     * @param tag  as {@code lang} and {@code hreflang} write it
     * @param name in the language itself
     */
    record Language(String tag, String name, String href, boolean current) {
    }
}
