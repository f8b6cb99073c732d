package org.heshi.notices.page;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.matters.MatterRows.Row;
import org.heshi.matters.MatterRows;
import org.heshi.notices.page.NoticeList.Told;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a post was told, and marking it as read. */
@Controller
class NoticesController {

    private static final int PAGE = 30;

    private final NoticeList notices;
    private final MatterRows matters;

    NoticesController(NoticeList notices, MatterRows matters) {
        this.notices = notices;
        this.matters = matters;
    }

    @GetMapping("/notices")
    String list(@RequestParam(defaultValue = "") String after, Model model) {
        Acting.staff();
        Page<Told> told = notices.page(Ids.find(after), PAGE);
        Map<UUID, Row> rows = matters.rows(told.rows().stream().map(Told::matter).distinct().toList()).stream()
                .collect(Collectors.toMap(Row::id, Function.identity()));
        var lines = told.rows().stream().filter(one -> rows.containsKey(one.matter()))
                .map(one -> new NoticesPage.Line(one.id(), rows.get(one.matter()), one.event(), one.at(), one.read())).toList();
        model.addAttribute("page", new NoticesPage(lines, lines.isEmpty() ? "" : lines.getFirst().id().toString(),
                lines.stream().anyMatch(line -> !line.read()), told.next().map(key -> "/notices?after=" + key).orElse(""),
                after.isEmpty() ? "" : "/notices"));
        return "notices/page/page";
    }

    @PostMapping("/notices/{id}/read")
    String read(@PathVariable UUID id) {
        Acting.staff();
        notices.read(id);
        return "redirect:/notices";
    }

    @PostMapping("/notices/read")
    String readAll(@RequestParam UUID upto, RedirectAttributes redirect) {
        Acting.staff();
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("notices.all-read", notices.readAll(upto)));
        return "redirect:/notices";
    }
}
