package org.heshi.matters.view;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Post;
import org.heshi.directory.Unit;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Yuan;
import org.heshi.matters.RuleWords;
import org.heshi.matters.log.ClauseWords;
import org.heshi.matters.log.Digests;
import org.heshi.matters.log.Packed;
import org.heshi.matters.log.FieldWords;
import org.heshi.matters.pick.PickLists;
import org.heshi.matters.procedure.HouseActs;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.seal.Seals;
import org.heshi.matters.view.MatterViews.Doer;
import org.heshi.matters.view.MatterViews.File;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.Shown;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns the entries that who looks may read into a history in plain words. */
@Component
class HistoryReader {

    private static final String UNSEEN = "—";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final Seals seals;
    private final Procedures procedures;
    private final Directory directory;
    private final Divisions divisions;
    private final Categories categories;
    private final MessageSource messages;
    private final RuleWords rules;
    private final FieldWords fields;
    private final ClauseWords clauses;
    private final PickLists picks;

    HistoryReader(JdbcClient jdbc, Seals seals, Procedures procedures, Directory directory, Divisions divisions, Categories categories, MessageSource messages,
            RuleWords rules, FieldWords fields, ClauseWords clauses, PickLists picks) {
        this.jdbc = jdbc;
        this.seals = seals;
        this.procedures = procedures;
        this.directory = directory;
        this.divisions = divisions;
        this.categories = categories;
        this.messages = messages;
        this.rules = rules;
        this.fields = fields;
        this.clauses = clauses;
        this.picks = picks;
    }

    private record Entry(int seq, String action, String kind, int procedure, @Nullable String fromKind, int fromProcedure, @Nullable String fromState,
            String toState, String actorKind, @Nullable UUID unit, @Nullable UUID post, @Nullable UUID person, Optional<Integer> party, Instant recorded, Optional<Instant> occurred,
            JsonNode content, String digest) {
    }

    private record Said(String field, String type, @Nullable String value) {
    }

    List<HistoryItem> read(UUID matter) {
        return read(matter, false);
    }

    /** Of what is put away only what all staff could read: no policy says so to the machine as which it is read. */
    List<HistoryItem> readPutAway(UUID matter) {
        return read(matter, true);
    }

    private List<HistoryItem> read(UUID matter, boolean putAway) {
        List<Entry> entries = jdbc.sql("select * from matters.entry where matter = ? and (not ? or 'staff' = any (audience)) order by seq").params(matter, putAway).query((r, _) -> new Entry(
                r.getInt("seq"), r.getString("action"), r.getString("kind"), r.getInt("procedure"), r.getString("from_kind"), r.getInt("from_procedure"),
                r.getString("from_state"), r.getString("to_state"), r.getString("actor_kind"), r.getObject("actor_unit", UUID.class),
                r.getObject("actor_post", UUID.class), r.getObject("actor_person", UUID.class), Optional.ofNullable(r.getObject("actor_party", Integer.class)),
                r.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(r.getObject("occurred_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                JSON.readTree(Packed.bytes(r)), Digests.hex(r.getBytes("digest")))).list();
        Map<Integer, List<Said>> said = new HashMap<>();
        Map<Integer, List<File>> files = new HashMap<>();
        jdbc.sql("""
                select p.matter, p.seq, p.field, p.ordinal, p.class, p.sealed from matters.particular p
                where p.matter = ? and (not ? or p.class not in ('contact', 'file')
                  and exists (select from matters.entry e where e.matter = p.matter and e.seq = p.seq and 'staff' = any (e.audience)))
                order by p.seq, p.ordinal
                """).params(matter, putAway).query(r -> {
            int seq = r.getInt("seq");
            String value = seals.shown(r).orElse(null);
            if (r.getString("class").equals("file") && value != null && !value.equals(Seals.UNREADABLE)) {
                files.computeIfAbsent(seq, _ -> new ArrayList<>()).add(file(value, seq, false));
            } else {
                said.computeIfAbsent(seq, _ -> new ArrayList<>()).add(new Said(r.getString("field"), r.getString("class"), value));
            }
        });
        Map<UUID, Unit> units = directory.units(entries.stream().map(Entry::unit).filter(java.util.Objects::nonNull).distinct().toList());
        boolean staff = Acting.current() instanceof Actor.Staff;
        Map<String, Optional<HeldPost>> posts = new HashMap<>();
        List<HistoryItem> history = new ArrayList<>();
        for (Entry e : entries) {
            Procedure after = procedures.version(e.kind(), e.procedure());
            Procedure before = e.fromKind() == null ? after : procedures.version(e.fromKind(), e.fromProcedure());
            Optional<Action> action = before.findAction(e.action());
            Optional<HeldPost> who = staff && e.person() != null && e.post() != null
                    ? posts.computeIfAbsent(e.person() + "/" + e.post(), _ -> directory.findHeldPost(e.person(), e.post(), e.recorded())) : Optional.empty();
            Doer actor = new Doer(e.actorKind(), Optional.ofNullable(e.unit()).map(units::get).map(Unit::name), who.map(HeldPost::title),
                    who.map(HeldPost::personName), e.party());
            boolean house = HouseActs.ALL.contains(e.action());
            history.add(new HistoryItem(e.seq(), e.action(), house ? words("house." + e.action()) : action.map(Action::title).orElse(new Bilingual(e.action(), e.action())),
                    house ? words("house." + e.action() + ".says") : action.map(Action::says).orElse(new Bilingual("", "")), actor, e.recorded(), e.occurred(),
                    Optional.ofNullable(e.fromState()).map(state -> before.state(state).title()), after.state(e.toState()).title(),
                    house ? houses(e, said.getOrDefault(e.seq(), List.of()), putAway, entries) : shown(matter, action, after, e, said.getOrDefault(e.seq(), List.of()), putAway), files.getOrDefault(e.seq(), List.of()), e.digest(),
                    Optional.of(e.content().path("data").path(Procedure.PAPER)).filter(JsonNode::isString).map(JsonNode::asString)));
        }
        return history;
    }

    private Bilingual words(String key) {
        return new Bilingual(messages.getMessage(key, null, Locale.SIMPLIFIED_CHINESE), messages.getMessage(key, null, Locale.ENGLISH));
    }

    /** What an act of the house says of itself: ground and rule, or the words of a correction. */
    private List<Shown> houses(Entry e, List<Said> said, boolean putAway, List<Entry> all) {
        List<Shown> shown = new ArrayList<>();
        JsonNode data = e.content().path("data");
        Locale locale = LocaleContextHolder.getLocale();
        if (data.path("ground").isString()) {
            shown.add(new Shown("ground", words("house.ground"), messages.getMessage("ending.ground." + data.path("ground").asString(), null, locale), false));
        }
        // the rule of what was asked for is the number of the request, which is a matter of its own
        if (data.path("rule").isString() && !(putAway && MatterNumber.parse(data.path("rule").asString()).isPresent())) {
            shown.add(new Shown("rule", words("house.rule"), rules.in(data.path("rule").asString(), locale), false));
        }
        if (data.path("gone").isArray()) {
            shown.add(new Shown("gone", words("house.gone"), gone(data.path("gone"), all, locale), false));
        }
        if (data.path("why").isString()) {
            shown.add(new Shown("why", words("house.why"), messages.getMessage("house.why." + data.path("why").asString(), null, locale), false));
        }
        said.forEach(s -> shown.add(new Shown(s.field(), words(s.field().equals(HouseActs.STAYS) ? "house.stays" : "house.correction"),
                Objects.requireNonNullElse(s.value(), ""), s.value() == null)));
        return shown;
    }

    /** What went, by the names of its fields; of entries that who looks does not read only that something did. */
    private String gone(JsonNode places, List<Entry> all, Locale locale) {
        List<String> names = new ArrayList<>();
        places.forEach(place -> {
            String[] parts = place.asString().split(" ", 3);
            names.add(all.stream().filter(e -> Integer.toString(e.seq()).equals(parts[0])).findFirst()
                    .map(e -> messages.getMessage("house.gone.of", new Object[] {parts[0], fields.field(e.fromKind() == null ? e.kind() : e.fromKind(),
                            e.fromKind() == null ? e.procedure() : e.fromProcedure(), e.action(), parts[1]).in(locale)}, locale))
                    .orElseGet(() -> messages.getMessage("house.gone.unseen", null, locale)));
        });
        return String.join(messages.getMessage("view.comma", null, locale), names.stream().distinct().toList());
    }

    private List<Shown> shown(UUID matter, Optional<Action> action, Procedure after, Entry e, List<Said> said, boolean putAway) {
        List<Shown> shown = new ArrayList<>();
        JsonNode data = e.content().path("data");
        Locale locale = LocaleContextHolder.getLocale();
        for (Field field : action.map(Action::fields).orElse(List.of())) {
            for (Said s : said) {
                if (s.field().equals(field.name())) {
                    // the resident's own are shown to them as they wrote them; to staff they stand on the page of the matter, when they are asked for
                    boolean masked = s.type().equals("contact") && Acting.current() instanceof Actor.Staff;
                    String value = Objects.requireNonNullElse(s.value(), "");
                    String words = masked ? Masked.of(field.name(), value) : field.type() == Procedure.Type.CLAUSES ? clauses.in(value, locale)
                            : field.type() == Procedure.Type.SUM ? amount(value, locale) : value;
                    shown.add(new Shown(field.name(), field.label(), words, s.value() == null));
                }
            }
            JsonNode value = data.path(field.name());
            if (!value.isMissingNode() && !value.isNull() && !(putAway && field.type() == Procedure.Type.MATTER)) {
                String words = words(matter, field, value, after, e.recorded(), locale);
                // another matter that the reader may not see is nobody's business of theirs
                if (field.type() != Procedure.Type.MATTER || !words.equals(UNSEEN)) {
                    shown.add(new Shown(field.name(), field.label(), words, false));
                }
            }
        }
        return shown;
    }

    private String words(UUID matter, Field field, JsonNode value, Procedure after, Instant at, Locale locale) {
        return switch (field.type()) {
            case CHOICE -> Optional.ofNullable(field.options().get(value.asString())).map(b -> b.in(locale)).orElse(value.asString());
            case BOOLEAN -> messages.getMessage(value.asBoolean() ? "view.yes" : "view.no", null, locale);
            case LEVEL -> messages.getMessage("view.level." + value.asString(), null, locale);
            case DIVISION -> divisions.fullNames(List.of(value.asString())).getOrDefault(value.asString(), value.asString());
            case CATEGORY -> categories.path(value.asString(), locale);
            case KIND -> procedures.has(value.asString()) ? procedures.current(value.asString()).title().in(locale) : value.asString();
            case OUTCOME -> Optional.ofNullable(after.outcomes().get(value.asString())).map(b -> b.in(locale)).orElse(value.asString());
            case UNIT -> unit(value.asString());
            case POST -> post(UUID.fromString(value.asString()), at);
            case UNITS -> {
                List<String> names = new ArrayList<>();
                value.forEach(id -> names.add(unit(id.asString())));
                yield String.join(messages.getMessage("view.comma", null, locale), names);
            }
            case PARTIES -> {
                List<String> numbers = new ArrayList<>();
                value.forEach(number -> numbers.add(messages.getMessage("view.party", new Object[] {number.asString()}, locale)));
                yield String.join(messages.getMessage("view.comma", null, locale), numbers);
            }
            case MATTER -> jdbc.sql("select number from matters.matter where id = ?").param(UUID.fromString(value.asString())).query(String.class)
                    .optional().map(n -> new MatterNumber(n).shown()).orElse(UNSEEN);
            case TIME -> CivilTime.of(Instant.parse(value.asString())).format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
            case AMOUNT -> amount(value.asString(), locale);
            case PICK -> picks.name(field, matter, value.asString()).map(name -> name.in(locale)).orElse(UNSEEN);
            case RATING -> value.asInt() + " / 5";
            default -> value.asString();
        };
    }

    /** In figures and in capitals; what does not read as money stands as it is. */
    private String amount(String figures, Locale locale) {
        return Yuan.parse(figures).map(amount -> messages.getMessage("view.amount", new Object[] {amount.figures(), amount.capitals()}, locale)).orElse(figures);
    }

    private String unit(String id) {
        return directory.findUnit(UUID.fromString(id)).map(Unit::name).orElse("—");
    }

    /** Unit and title of a post; for staff also who held it then. */
    private String post(UUID id, Instant at) {
        Post post = directory.posts(List.of(id)).get(id);
        if (post == null) {
            return UNSEEN;
        }
        String named = unit(post.unit().toString()) + " · " + post.title();
        return Acting.current() instanceof Actor.Staff ? post.roles().stream().findFirst().flatMap(role -> directory.holders(post.unit(), role, at).stream()
                .filter(held -> held.post().equals(id)).findFirst()).map(held -> named + " · " + held.personName()).orElse(named) : named;
    }

    File file(String json, int seq, boolean originals) {
        JsonNode f = JSON.readTree(json);
        return new File(UUID.fromString(f.path("id").asString()), f.path("name").asString(), f.path("mediaType").asString(), f.path("size").asLong(), seq,
                originals && f.has("original"));
    }
}
