package org.heshi.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.documents.Pdf;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters.Evidence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two on each side, one of them represented. Whatever each of them may reach is fetched and compared with the list of what belongs to the others; so is what offices
 * reach that have no part in it. That the crawl would find it is seen by those who may read it.
 */
@HeshiTest
class WhenOneSideIsReadByTheOtherTests {

    private static final Pattern LINK = Pattern.compile("(?:href|src|hx-get)=\"(/[^\"#]*)");
    /** Style and scripts, and what ends the visit or leads to public pages of the whole program. */
    private static final Pattern ELSEWHERE = Pattern.compile("/(webjars|heshi|icons|mark|maps|places|procedures|help|sign-in|posts|password|account|mediation/mediators).*|/\\?.*|/");
    private static final int MOST_PAGES = 400;

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    EvidenceStore files;
    @Autowired
    InstantSource clock;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    CaseOfTwo of;
    final String salt = UUID.randomUUID().toString().substring(0, 8);
    /** Each mark with the parties who may read it, and whether the centre that took the matter in may. */
    final Map<String, Set<Integer>> marks = new LinkedHashMap<>();
    final Set<String> ofTheDesk = new TreeSet<>();
    final Map<UUID, Set<Integer>> pictures = new LinkedHashMap<>();

    private String mark(String words, Integer... readers) {
        String mark = words + salt;
        marks.put(mark, Set.of(readers));
        return mark;
    }

    private Evidence picture(String name, Integer... readers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), "png", out);
            EvidenceStore.Kept kept = files.keep(mark(name, readers) + ".png", out.size(), new ByteArrayInputStream(out.toByteArray()));
            Evidence evidence = ((EvidenceStore.Kept.Done) kept).evidence();
            pictures.put(evidence.id(), Set.of(readers));
            return evidence;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String inDays(int days) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm").format(CivilTime.of(clock.instant()).plusDays(days));
    }

    private void party(int party, String role, String name) {
        of.does("party", Map.of("role", role, "name", name, "phone", "1390000" + salt.replaceAll("[^0-9]", "7").substring(0, 3) + party, "address", mark("住" + party + "号院", party)));
    }

    @BeforeEach
    void twoOnEachSide() {
        of = CaseOfTwo.accepted(context);
        party(2, "respondent", "李对面");
        party(3, "applicant", "王大山");
        party(4, "respondent", "钱有田");
        of.does("represent", Map.of("whose", List.of("2"), "role", "representative", "authority", "special", "name", "周代理", "phone", "13700000005", "address",
                mark("事务所", 5), "letter", List.of(picture("委托书"))));
        of.does("take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1", "3"), "respondents", List.of("2", "4"), "facts", "院墙越界",
                "fit", "true"));
        for (int party = 1; party <= 5; party++) {
            of.code(party);
        }
        for (int party : List.of(1, 3, 4, 5)) {
            of.says(party, "consent", Map.of("told", "true", "open", "closed"));
        }
        of.does("appoint", Map.of("mediator", of.mediator.post().toString(), "how", "appointed", "no-interest", "true"));
        of.does("willing", Map.of());
    }

    private void everythingHappens() {
        of.does("caucus", Map.of("with", List.of("1", "3"), "record", mark("甲方私话", 1, 3), "files", List.of(picture("私话附件", 1, 3))));
        of.does("caucus", Map.of("with", List.of("2"), "record", mark("乙方私话", 2)));
        of.says(2, "offer", Map.of("offer", mark("只给调解员的方案", 2), "amount", "8765.43"));
        of.says(2, "offer", Map.of("to", List.of("4"), "offer", mark("乙方内部方案", 2, 4)));
        of.says(1, "offer", Map.of("to", List.of("2", "3", "4", "5"), "offer", mark("公开方案", 1, 2, 3, 4, 5)));
        of.does("offer-recorded", Map.of("whose", List.of("3"), "shown", List.of("1"), "offer", mark("代记方案", 1, 3)));
        of.says(1, "evidence", Map.of("what", mark("甲方证据", 1), "files", List.of(picture("甲方收据", 1))));
        of.says(2, "evidence", Map.of("shown", List.of("4"), "what", mark("乙方证据", 2, 4), "files", List.of(picture("乙方照片", 2, 4))));
        of.does("evidence-recorded", Map.of("whose", List.of("4"), "what", mark("代登证据", 4), "files", List.of(picture("丁收据", 4))));
        of.does("investigate", Map.of("at", inDays(-1), "where", mark("调查地点"), "asked-name", "孙知情", "record", mark("调查问答"), "files", List.of(picture("调查照片"))));
        of.does("invite-apart", Map.of("with", List.of("1"), "at", inDays(3), "where", mark("单独谈话地点", 1)));
        of.does("note", Map.of("note", mark("内部记录")));
        ofTheDesk.add("内部记录" + salt);
        of.does("draft", Map.of("facts", mark("协议事实", 1, 2, 3, 4, 5), "issues", "是否退让", "responsibility", "各半", "terms", List.of(of.clause(2, 1, mark("退让", 1, 2, 3, 4, 5), "10", 20)),
                "copies", "5"));
    }

    /** Everything that can be reached from these addresses by links, body by address. */
    private static Map<String, String> crawl(Visitor visitor, Pattern within, List<String> from) {
        Map<String, String> read = new TreeMap<>();
        Deque<String> todo = new ArrayDeque<>(from);
        Set<String> known = new TreeSet<>(from);
        while (!todo.isEmpty() && read.size() < MOST_PAGES) {
            String address = todo.remove();
            Visitor.Answer answer = visitor.get(address);
            boolean paper = answer.header("content-type").filter(type -> type.startsWith("application/pdf")).isPresent();
            read.put(address, (paper ? Pdf.text(visitor.bytes(address)) : answer.body()) + "\n" + answer.whole().headers().map());
            if (answer.status() / 100 == 3 && answer.location().startsWith("/") && known.add(answer.location())) {
                todo.add(answer.location());
            }
            Matcher link = LINK.matcher(answer.body());
            while (link.find()) {
                String next = link.group(1).replace("&amp;", "&");
                if (within.matcher(next).matches() && !ELSEWHERE.matcher(next).matches() && known.add(next)) {
                    todo.add(next);
                }
            }
        }
        assertThat(read.size()).as("the crawl came to its end").isLessThan(MOST_PAGES);
        return read;
    }

    /** An upload is whoever's was told its id until the log was read on (it is thrown away within a day if no entry names it); from then on it is the matter's. */
    private void named() {
        for (int i = 0; i < 200; i++) {
            boolean all = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select count(*) from attachments.file where id = any (?) and not named")
                    .param(pictures.keySet().toArray(UUID[]::new)).query(Long.class).single())) == 0;
            if (all) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("the log was not read on");
    }

    private Map<String, String> crawledBy(int party) {
        return crawl(of.phone(port, party), Pattern.compile("/follow/.*"), List.of("/follow/" + of.digits(), "/follow/" + of.digits() + "/sign", "/follow/" + of.digits() + "/papers"));
    }

    @Test
    void itFindsWhatIsItsOwnAndNothingOfTheOthers() {
        everythingHappens();
        List<String> leaks = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int party = 1; party <= 5; party++) {
            Map<String, String> read = crawledBy(party);
            assertThat(read).as("party " + party).hasSizeGreaterThan(8).containsKeys("/follow/" + of.digits() + "/rights/copy.json", "/follow/" + of.digits() + "/sign/text.pdf");
            for (Map.Entry<String, Set<Integer>> mark : marks.entrySet()) {
                boolean mine = mark.getValue().contains(party);
                List<String> where = read.entrySet().stream().filter(page -> page.getValue().contains(mark.getKey())).map(Map.Entry::getKey).toList();
                if (!mine && !where.isEmpty()) {
                    leaks.add("party " + party + " reads " + mark.getKey() + " at " + where);
                } else if (mine && where.isEmpty() && !mark.getKey().matches("(住|事务所|私话附件|甲方收据|乙方照片|丁收据).*")) {
                    missing.add("party " + party + " does not find " + mark.getKey());
                }
            }
            for (Map.Entry<UUID, Set<Integer>> picture : pictures.entrySet()) {
                boolean mine = picture.getValue().contains(party);
                boolean named = read.values().stream().anyMatch(page -> page.contains(picture.getKey().toString()));
                if (named != mine) {
                    (mine ? missing : leaks).add("party " + party + " and the picture " + picture);
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(missing).as("what they may read is found: the crawl would find a leak").isEmpty();
    }

    @Test
    void itGetsNoFileByItsAddressAndNoEntryByItsNumber() {
        everythingHappens();
        named();
        List<String> leaks = new ArrayList<>();
        for (int party = 1; party <= 5; party++) {
            Visitor phone = of.phone(port, party);
            for (Map.Entry<UUID, Set<Integer>> picture : pictures.entrySet()) {
                for (String address : List.of("/follow/files/" + picture.getKey(), "/follow/files/" + picture.getKey() + "/thumb")) {
                    boolean got = phone.get(address).status() == 200;
                    if (got != picture.getValue().contains(party)) {
                        leaks.add("party " + party + (got ? " got " : " did not get ") + address);
                    }
                }
            }
            for (int seq = 1; seq <= of.way.version(); seq++) {
                for (String what : List.of("proof", "papers")) {
                    String body = phone.get("/follow/" + of.digits() + "/" + what + "/" + seq).body();
                    for (Map.Entry<String, Set<Integer>> mark : marks.entrySet()) {
                        if (!mark.getValue().contains(party) && body.contains(mark.getKey())) {
                            leaks.add("party " + party + " reads " + mark.getKey() + " as " + what + " " + seq);
                        }
                    }
                }
            }
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void itDoesNotEvenSeeThatSomethingWasSaidApart() {
        named();
        Map<String, String> before = crawledBy(2);
        Map<String, Long> rowsBefore = rows(2);
        of.does("caucus", Map.of("with", List.of("1", "3"), "record", mark("甲方私话", 1, 3), "files", List.of(picture("私话附件", 1, 3))));
        of.says(1, "offer", Map.of("offer", mark("只给调解员的方案", 1), "amount", "8765.43"));
        of.says(1, "evidence", Map.of("what", mark("甲方证据", 1), "files", List.of(picture("甲方收据", 1))));
        of.does("invite-apart", Map.of("with", List.of("1"), "at", inDays(3), "where", mark("单独谈话地点", 1)));
        named();
        assertThat(rows(2)).as("rows that PostgreSQL shows to the other side").isEqualTo(rowsBefore);
        Map<String, String> after = crawledBy(2);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        List<String> changed = before.keySet().stream().map(address -> difference(address, plain(before.get(address)), plain(after.get(address))))
                .filter(said -> !said.isEmpty()).toList();
        assertThat(changed).as("pages that changed").isEmpty();
        assertThat(rows(1)).as("to whom it was said it is there").isNotEqualTo(rowsBefore);
    }

    private static String difference(String address, String before, String after) {
        int at = 0;
        while (at < Math.min(before.length(), after.length()) && before.charAt(at) == after.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - 60);
        return before.equals(after) ? "" : address + ": " + before.substring(from, Math.min(before.length(), at + 80)) + " → " + after.substring(from, Math.min(after.length(), at + 80));
    }

    /** Without what changes with every visit, and the matter's version, by whose gaps anybody may count (decision record 0016). */
    private static String plain(String body) {
        return body.replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "").replaceAll("form\\.(version|key)\" value=\"[^\"]*\"", "").replaceAll("name=\"key\" value=\"[^\"]*\"", "")
                .replaceAll("(?s)\\n\\{.*$", "").replaceAll("\\d+ ?(秒|分钟|小时|天)", "").replaceAll("\"at\" : \"[^\"]*\"", "").replaceAll("width=\"\\d+\" height=\"4\"", "").replaceAll("\\d{1,2}:\\d{2}(:\\d{2})?", "");
    }

    /** How many rows of the matter each table shows to this party. */
    private Map<String, Long> rows(int party) {
        List<String> tables = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
                where c.relkind in ('r', 'p') and a.attname = 'matter' and not a.attisdropped and a.atttypid = 'uuid'::regtype and not c.relispartition
                  and has_table_privilege('heshi_app', c.oid, 'select') and n.nspname not in ('bench')
                """).query(String.class).list()));
        assertThat(tables).contains("matters.entry_row", "matters.particular", "mediation.sitting", "mediation.draft");
        Map<String, Long> rows = new TreeMap<>();
        Acting.run(of.resident(party), () -> transactions.executeWithoutResult(_ -> tables.forEach(table -> rows.put(table,
                jdbc.sql("select count(*) from " + table + " where matter = ?").param(of.way.id()).query(Long.class).single()))));
        return rows;
    }

    @Test
    void officesWithoutAPartInItReadNothing() {
        everythingHappens();
        named();
        Member neighbour = of.county.hire(of.county.committeeA, "neighbour", Role.MEDIATOR, Role.HEAD, Role.HANDLER, Role.WINDOW_CLERK, Role.DISPATCHER);
        Map<Member, Boolean> offices = new LinkedHashMap<>();
        offices.put(neighbour, false);
        offices.put(of.county.townClerkB, false);
        offices.put(of.county.waterHandler, false);
        offices.put(of.county.dispatcher, true);
        offices.put(of.county.verifier, true);
        List<String> leaks = new ArrayList<>();
        offices.forEach((member, desk) -> {
            Visitor visitor = of.county.signedIn(new Visitor(port), member);
            List<String> from = new ArrayList<>(List.of("/queue", "/matters/" + of.digits(), "/notices", "/mediation/" + of.digits() + "/signing", "/mediation/" + of.digits() + "/invite"));
            marks.keySet().forEach(mark -> from.add("/search?q=" + URLEncoder.encode(mark, StandardCharsets.UTF_8)));
            pictures.keySet().forEach(picture -> from.addAll(List.of("/files/" + picture, "/files/" + picture + "/thumb", "/files/" + picture + "/original")));
            Map<String, String> read = crawl(visitor, Pattern.compile("/(matters/" + of.digits() + "|files)(/.*)?|/mediation(/[^?]*)?"), from);
            if (desk) {
                assertThat(read.get("/matters/" + of.digits())).as("the centre knows the matter").contains("院墙纠纷");
            }
            marks.keySet().stream().filter(mark -> !desk || !ofTheDesk.contains(mark) && !mark.startsWith("住") && !mark.startsWith("事务所") && !mark.startsWith("委托书"))
                    .forEach(mark -> read.entrySet().stream().filter(page -> !page.getKey().startsWith("/search"))
                            .filter(page -> page.getValue().contains(mark)).forEach(page -> leaks.add(member.account() + " reads " + mark + " at " + page.getKey())));
            if (!desk) {
                read.entrySet().stream().filter(page -> page.getValue().contains(of.digits()) && !page.getKey().contains(of.digits()))
                        .forEach(page -> leaks.add(member.account() + " finds the number at " + page.getKey()));
                pictures.keySet().forEach(picture -> assertThat(visitor.get("/files/" + picture).status()).isEqualTo(404));
            }
            read.entrySet().stream().filter(page -> page.getKey().startsWith("/search") && page.getValue().contains("/matters/" + of.digits()))
                    .filter(page -> !desk || ofTheDesk.stream().noneMatch(mark -> page.getKey().contains(URLEncoder.encode(mark, StandardCharsets.UTF_8))))
                    .forEach(page -> leaks.add(member.account() + " finds it at " + page.getKey()));
        });
        assertThat(leaks).isEmpty();
    }
}
