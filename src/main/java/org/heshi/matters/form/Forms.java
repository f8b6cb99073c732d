package org.heshi.matters.form;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Refusal;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.pick.PickLists;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedure.Target;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * Makes and reads the forms of actions. Parameters of a request: a field's name carries its value; {@code NAME.find} the words in its search box,
 * {@code NAME.kept} and {@code NAME.drop} ids of uploads kept by an earlier try and those to leave out; {@code find} the field to search for;
 * {@code form.version} and {@code form.key} what the form was made with.
 */
@Component
public class Forms {

    public static final String VERSION = "form.version";
    public static final String KEY = "form.key";
    /** Name of the buttons that search; the value is the field. */
    public static final String FIND = "find";

    private static final int FOUND = 12;
    private static final int MOST_SEARCHED = 200;
    private static final int FILES = 9;

    private final Divisions divisions;
    private final Directory directory;
    private final Categories categories;
    private final Procedures procedures;
    private final EvidenceStore evidence;
    private final PickLists picks;
    private final InstantSource clock;

    Forms(Divisions divisions, Directory directory, Categories categories, Procedures procedures,
            EvidenceStore evidence, PickLists picks, InstantSource clock) {
        this.picks = picks;
        this.divisions = divisions;
        this.directory = directory;
        this.categories = categories;
        this.procedures = procedures;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** An empty form with a new key. */
    public ActionForm blank(Action action, int version, Setting setting) {
        return blank(action, version, setting, Map.of());
    }

    /** A new form with some fields filled in already, by field name; others are passed over. */
    public ActionForm blank(Action action, int version, Setting setting, Map<String, List<String>> filled) {
        List<Asked> asked = action.fields().stream()
                .map(field -> ask(field, filled.getOrDefault(field.name(), List.of()), "", false, List.of(), action, setting))
                .toList();
        return new ActionForm(action, version, UUID.randomUUID().toString(), asked, List.of(), Optional.empty(), false);
    }

    /**
     * The form as somebody sent it. Uploads are checked and kept at once, so that no later refusal loses them; one that is refused, and a
     * search box with words but nothing chosen, is a refusal of the form.
     */
    public ActionForm read(Action action, Setting setting, HttpServletRequest request) {
        return read(action, setting, request, true);
    }

    /** As {@link #read(Action, Setting, HttpServletRequest)}; without uploads when there were too many from one address already. */
    public ActionForm read(Action action, Setting setting, HttpServletRequest request, boolean uploads) {
        Optional<String> search = Optional.ofNullable(request.getParameter(FIND)).filter(name -> action.findField(name).isPresent());
        List<Refusal> refusals = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        for (Field field : action.fields()) {
            asked.add(switch (field.type()) {
                case FILES -> files(field, request, uploads, refusals);
                case CLAUSES -> ask(field, rows(field, request), "", search.filter(field.name()::equals).isPresent(), List.of(), action, setting);
                case UNIT, UNITS, DIVISION -> found(field, request, search, action, setting, refusals);
                default -> ask(field, values(request, field.name()), "", false, List.of(), action, setting);
            });
        }
        return new ActionForm(action, version(request), key(request), asked, refusals, search, false);
    }

    private Asked found(Field field, HttpServletRequest request, Optional<String> search, Action action, Setting setting, List<Refusal> refusals) {
        List<String> chosen = values(request, field.name()).stream().filter(value -> !value.isBlank()).toList();
        String find = Optional.ofNullable(request.getParameter(field.name() + ".find")).orElse("").strip();
        boolean asked = search.filter(field.name()::equals).isPresent();
        // The search box is part of the form: words in it with nothing chosen mean that somebody pressed Enter or forgot to choose.
        boolean forgotten = !find.isEmpty() && chosen.isEmpty() && search.isEmpty();
        Asked shown = ask(field, chosen, find, asked || forgotten, List.of(), action, setting);
        if (forgotten) {
            List<Option> exact = shown.options().stream().filter(option -> option.label().zh().equals(find)).toList();
            if (exact.size() == 1) {
                return ask(field, List.of(exact.getFirst().value()), "", false, List.of(), action, setting);
            }
            refusals.add(Refusal.at(field.name(), shown.options().isEmpty() ? "form-nothing-found" : "form-choose", find));
        }
        return shown;
    }

    private Asked files(Field field, HttpServletRequest request, boolean takes, List<Refusal> refusals) {
        int most = field.max() > 0 ? field.max() : FILES;
        Set<UUID> ids = new LinkedHashSet<>(ids(request, field.name() + ".kept"));
        ids.removeAll(ids(request, field.name() + ".drop"));
        List<Evidence> files = new ArrayList<>(ids.isEmpty() ? List.of() : evidence.kept(List.copyOf(ids)));
        if (files.size() < ids.size()) {
            refusals.add(Refusal.at(field.name(), "form-files-gone", ids.size() - files.size()));
        }
        if (request instanceof MultipartHttpServletRequest multipart) {
            MultiValueMap<String, MultipartFile> uploads = multipart.getMultiFileMap();
            boolean full = false;
            for (MultipartFile upload : uploads.getOrDefault(field.name(), List.of())) {
                String name = Optional.ofNullable(upload.getOriginalFilename()).orElse("");
                if (upload.isEmpty() && name.isEmpty()) {
                    continue;
                }
                if (!takes) {
                    refusals.add(Refusal.at(field.name(), "form-files-later"));
                    break;
                }
                if (files.size() >= most) {
                    full = true;
                    break;
                }
                try (InputStream bytes = upload.getInputStream()) {
                    switch (evidence.keep(name, upload.getSize(), bytes)) {
                        case EvidenceStore.Kept.Done(Evidence kept) -> files.add(kept);
                        case EvidenceStore.Kept.Refused(Refusal refusal) ->
                            refusals.add(new Refusal(refusal.code(), field.name(), refusal.arguments()));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException("an upload could not be read or kept", e);
                }
            }
            if (full) {
                refusals.add(Refusal.at(field.name(), "form-files-too-many", most));
            }
        }
        return new Asked(field, List.of(), "", false, List.of(), files);
    }

    private Asked ask(Field field, List<String> values, String find, boolean searched, List<Evidence> files, Action action, Setting setting) {
        List<Option> options = switch (field.type()) {
            case CHOICE -> field.options().entrySet().stream().map(option -> Option.of(option.getKey(), option.getValue())).toList();
            case CATEGORY -> categories();
            case KIND -> procedures.all().stream().filter(procedure -> !procedure.kind().equals(Procedure.INTAKE) && !procedure.internal())
                    .map(procedure -> Option.of(procedure.kind(), procedure.title(), procedure.about())).toList();
            case OUTCOME -> outcomes(action, setting.procedure());
            case UNIT, UNITS -> units(field, values, find, searched, setting);
            case DIVISION -> places(values, find, searched, setting);
            case POST -> posts(setting);
            case PICK -> setting.matter().map(matter -> picks.offered(field, matter).stream().map(pick -> Option.of(pick.value(), pick.label(), pick.hint())).toList())
                    .orElse(List.of());
            case PARTIES, CLAUSES -> setting.parties().stream().map(party -> Option.of(Integer.toString(party.number()),
                    new Bilingual(party.number() + " · " + party.role().zh(), party.number() + " · " + party.role().en()),
                    new Bilingual(party.name(), party.name()))).toList();
            default -> List.of();
        };
        return new Asked(field, values, find, searched, options, files);
    }

    private static List<Option> outcomes(Action action, Procedure procedure) {
        List<String> codes = action.outcomes().isEmpty() ? List.copyOf(procedure.outcomes().keySet()) : action.outcomes();
        return codes.stream().map(code -> Option.of(code, procedure.outcomes().getOrDefault(code, new Bilingual(code, code)))).toList();
    }

    /** The options of a tree as it was listed; the same list has the same options. */
    private record Listed(List<Category> tree, List<Option> options) {
    }

    private volatile Listed listed = new Listed(List.of(), List.of());

    /** Each first level is a heading; below it stand its own name and everything under it, by full name. */
    private List<Option> categories() {
        List<Category> tree = categories.all();
        Listed known = listed;
        if (known.tree() != tree) {
            Map<String, Category> byCode = new HashMap<>();
            tree.forEach(category -> byCode.put(category.code(), category));
            known = new Listed(tree, tree.stream().map(category -> {
                Category top = byCode.getOrDefault(category.code().substring(0, 2), category);
                Category middle = byCode.getOrDefault(category.code().substring(0, Math.min(4, category.code().length())), category);
                Bilingual below = category.level() < 3 ? new Bilingual(category.name(), category.nameEn())
                        : new Bilingual(middle.name() + " / " + category.name(), middle.nameEn() + " / " + category.nameEn());
                return new Option(category.code(), below, new Bilingual(category.code(), category.code()), new Bilingual(top.name(), top.nameEn()));
            }).toList());
            listed = known;
        }
        return known.options();
    }

    /** Everybody who holds a post in the units at work, the same post once. */
    private List<Option> posts(Setting setting) {
        Map<UUID, Option> posts = new LinkedHashMap<>();
        for (Unit unit : setting.atWork()) {
            directory.holders(unit.id(), clock.instant()).forEach(held -> posts.putIfAbsent(held.post(),
                    Option.named(held.post().toString(), held.personName() + " · " + held.title(), held.unitName())));
        }
        return List.copyOf(posts.values());
    }

    private List<Option> units(Field field, List<String> chosen, String find, boolean searched, Setting setting) {
        Set<Unit> units = new LinkedHashSet<>();
        for (String id : chosen) {
            Ids.find(id).flatMap(directory::findUnit).ifPresent(units::add);
        }
        if (searched && !find.isEmpty()) {
            // only a centre takes a matter on as its desk; the others would be refused
            Set<UnitType> kinds = field.sets().filter(Target.DESK::equals).isPresent() ? Set.of(UnitType.CENTRE) : field.units();
            directory.searchUnits(find, setting.within(), kinds.isEmpty() ? FOUND : MOST_SEARCHED).stream()
                    .filter(unit -> kinds.isEmpty() || kinds.contains(unit.type())).limit(FOUND).forEach(units::add);
        } else {
            setting.suggested().stream().filter(unit -> field.units().isEmpty() || field.units().contains(unit.type())).forEach(units::add);
        }
        return units.stream().map(unit -> Option.named(unit.id().toString(), unit.name(), divisions.find(unit.division()).map(Division::name).orElse("")))
                .toList();
    }

    private List<Option> places(List<String> chosen, String find, boolean searched, Setting setting) {
        Set<Division> places = new LinkedHashSet<>();
        for (String code : chosen) {
            divisions.find(code).ifPresent(places::add);
        }
        if (searched && !find.isEmpty()) {
            places.addAll(divisions.search(find, setting.within(), FOUND));
        }
        return places.stream().map(place -> Option.named(place.code(), place.name(), divisions.fullName(place.code()))).toList();
    }

    private static List<String> values(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? List.of() : Arrays.asList(values);
    }

    /** The parts of a clause, in the order of the tabs between them. */
    public static final List<String> CLAUSE = List.of("who", "towards", "what", "amount", "by", "how");

    /** Rows of clauses as they were typed; those in which nothing was are left out. */
    private static List<String> rows(Field field, HttpServletRequest request) {
        List<List<String>> parts = CLAUSE.stream().map(part -> values(request, field.name() + "." + part)).toList();
        int rows = Math.min(parts.stream().mapToInt(List::size).max().orElse(0), Procedure.MOST_CLAUSES + 1);
        List<String> typed = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int row = i;
            String joined = String.join("\t", parts.stream().map(part -> row < part.size() ? part.get(row).replaceAll("[\\t\\r\\n]+", " ").strip() : "").toList());
            if (!joined.isBlank()) {
                typed.add(joined);
            }
        }
        return typed;
    }

    private static List<UUID> ids(HttpServletRequest request, String name) {
        return values(request, name).stream().map(Ids::find).flatMap(Optional::stream).limit(100).toList();
    }

    private static int version(HttpServletRequest request) {
        String version = request.getParameter(VERSION);
        return version != null && version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : 0;
    }

    /** A form without a usable key was not made here; it gets one of its own and so acts at most once all the same. */
    private static String key(HttpServletRequest request) {
        String key = request.getParameter(KEY);
        return key != null && key.matches("[A-Za-z0-9-]{8,64}") ? key : UUID.randomUUID().toString();
    }
}
