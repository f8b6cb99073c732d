package org.heshi.matters.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.LookQuestions;
import org.heshi.directory.Role;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.queue.QueuePage.Tab;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.QueueFilter;
import org.heshi.matters.view.MatterViews.Row;
import org.heshi.matters.view.MatterViews.StateCount;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The two lists of a unit: what waits for it, and what it had a hand in. */
@Controller
class QueueController {

    private static final int PAGE = 30;
    private static final int MOST_AT_ONCE = 100;

    private final MatterViews views;
    private final Matters matters;
    private final Procedures procedures;
    private final LookQuestions questions;
    private final InstantSource clock;
    private final List<MenuItem> menu;

    QueueController(MatterViews views, Matters matters, Procedures procedures, LookQuestions questions, InstantSource clock, List<MenuItem> menu) {
        this.menu = menu.stream().sorted(Comparator.comparingInt(MenuItem::order)).toList();
        this.views = views;
        this.matters = matters;
        this.procedures = procedures;
        this.questions = questions;
        this.clock = clock;
    }

    @GetMapping("/queue")
    String queue(@RequestParam(defaultValue = "") String state, @RequestParam(defaultValue = "") String after, Model model) {
        Optional<String> elsewhere = elsewhere();
        if (elsewhere.isPresent()) {
            return "redirect:" + elsewhere.get();
        }
        model.addAttribute("page", page(state, after));
        return "matters/queue/page";
    }

    /** Everybody comes here after signing in. Whose post has no queue is led to the first thing that it has. */
    private Optional<String> elsewhere() {
        Set<String> mine = Acting.current() instanceof Actor.Staff staff
                ? staff.roles().stream().map(Role::code).collect(Collectors.toSet()) : Set.of();
        List<String> open = menu.stream().filter(item -> !Collections.disjoint(item.roles(), mine)).map(MenuItem::href).toList();
        return open.contains("/queue") ? Optional.empty() : open.stream().findFirst();
    }

    @PostMapping("/queue/accept")
    String accept(@RequestParam(defaultValue = "") List<String> pick, @RequestParam(defaultValue = "") String key, Model model,
            RedirectAttributes redirect) {
        if (pick.isEmpty()) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.warning("matters.queue.none-picked"));
            return "redirect:/queue";
        }
        if (pick.size() > MOST_AT_ONCE || key.length() != 36) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        List<Signed> signed = new ArrayList<>();
        for (String picked : pick) {
            signed.add(sign(picked, key));
        }
        if (signed.stream().allMatch(Signed::done)) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("matters.queue.signed", signed.size()));
            return "redirect:/queue";
        }
        model.addAttribute("signed", signed);
        return "matters/queue/signed";
    }

    /** Each is an act of its own: what is refused for one holds up none of the others. */
    private Signed sign(String picked, String key) {
        String[] parts = picked.split(":", 2);
        MatterNumber number = MatterNumber.parse(parts[0]).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,9}")) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        Optional<UUID> matter = views.find(number);
        if (matter.isEmpty()) {
            return new Signed(number, "", List.of(Refusal.of("matters-not-here")));
        }
        String title = views.rows(List.of(matter.get())).stream().findFirst().map(Row::title).orElse("");
        Answer answer = matters.act(Act.on(matter.get(), Signing.ACTION, Map.of(), Integer.parseInt(parts[1]), key + "-" + number.digits()));
        return new Signed(number, title, switch (answer) {
            case Answer.Done _ -> List.of();
            case Answer.Refused refused -> refused.refusals();
            case Answer.Stale _ -> List.of(Refusal.of("matters-moved-on"));
        });
    }

    @GetMapping("/matters")
    String unitMatters(@RequestParam(defaultValue = "") String after, Model model) {
        Instant now = clock.instant();
        Page<Row> found = views.unitMatters(given(after), PAGE);
        model.addAttribute("lines", found.rows().stream().map(row -> Line.of(row, now, false)).toList());
        model.addAttribute("next", found.next().map(key -> address("/matters", "", key)).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : "/matters");
        return "matters/queue/matters";
    }

    private QueuePage page(String state, String after) {
        Set<Role> roles = Acting.staff().roles();
        Instant now = clock.instant();
        Page<Row> found = views.queue(new QueueFilter(given(state), given(after), PAGE));
        List<Line> lines = found.rows().stream()
                .map(row -> Line.of(row, now, signable(row, roles))).toList();
        return new QueuePage(tabs(views.queueCounts(), state), state, lines,
                found.next().map(key -> address("/queue", state, key)).orElse(""),
                after.isEmpty() ? "" : address("/queue", state, ""), UUID.randomUUID().toString(), questions.open().size());
    }

    private boolean signable(Row row, Set<Role> roles) {
        return procedures.has(row.kind()) && Signing.possible(procedures.current(row.kind()), row.state(), roles);
    }

    /** One tab a state, whatever the kinds; the first one is all of them together. */
    static List<Tab> tabs(List<StateCount> counts, String open) {
        Map<String, List<StateCount>> byState = new LinkedHashMap<>();
        counts.forEach(count -> byState.computeIfAbsent(count.state(), _ -> new ArrayList<>()).add(count));
        List<Tab> tabs = new ArrayList<>();
        tabs.add(new Tab("", List.of(), shown(counts), open.isEmpty()));
        byState.forEach((state, same) -> {
            List<Bilingual> titles = same.stream().map(StateCount::title).distinct().toList();
            tabs.add(new Tab(state, titles, shown(same), state.equals(open)));
        });
        return tabs;
    }

    private static String shown(List<StateCount> counts) {
        int sum = counts.stream().mapToInt(StateCount::count).sum();
        boolean more = counts.stream().anyMatch(count -> count.count() >= MatterViews.COUNTED_TO);
        return sum >= MatterViews.COUNTED_TO || more ? MatterViews.COUNTED_TO + "+" : Integer.toString(sum);
    }

    private static String address(String path, String state, String after) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        if (!state.isEmpty()) {
            address.queryParam("state", "{state}");
        }
        if (!after.isEmpty()) {
            address.queryParam("after", "{after}");
        }
        return address.encode().buildAndExpand(Map.of("state", state, "after", after)).toUriString();
    }

    private static Optional<String> given(String typed) {
        return typed.isEmpty() ? Optional.empty() : Optional.of(typed);
    }
}
