package org.heshi.matters.look;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.LookQuestions;
import org.heshi.access.LookQuestions.Question;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Ids;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Questions about looking that was out of the usual. Who was asked says why it was; auditors read it; nobody is counted. */
@Controller
class QuestionsController {

    private static final int PAGE = 30;
    private static final int LONGEST = 500;

    private final LookQuestions questions;
    private final Directory directory;
    private final MatterRows rows;

    QuestionsController(LookQuestions questions, Directory directory, MatterRows rows) {
        this.questions = questions;
        this.directory = directory;
        this.rows = rows;
    }

    /** The way in for auditors; others are led here when they were asked something. */
    @Configuration(proxyBeanMethods = false)
    static class Menu {

        @Bean
        static MenuItem lookQuestions() {
            return new MenuItem("looks.menu", "/looks", "lock", 28, Set.of(Role.AUDITOR.code()));
        }
    }

    @GetMapping("/looks")
    ModelAndView page(@RequestParam(defaultValue = "") String after) {
        return page(after, Optional.empty(), "", List.of());
    }

    private ModelAndView page(String after, Optional<UUID> refused, String typed, List<Refusal> refusals) {
        boolean auditor = Acting.staff().has(Role.AUDITOR);
        Page<Question> all = Page.cut(auditor ? questions.all(Ids.find(after), PAGE + 1) : List.of(), PAGE, last -> last.id().toString());
        List<Question> mine = questions.open();
        List<Question> shown = java.util.stream.Stream.concat(mine.stream(), all.rows().stream()).toList();
        Map<UUID, Unit> units = directory.units(shown.stream().map(Question::unit).distinct().toList());
        Map<UUID, MatterRows.Row> matters = rows.rows(shown.stream().flatMap(question -> question.matter().stream()).distinct().toList()).stream()
                .collect(Collectors.toMap(MatterRows.Row::id, Function.identity()));
        Function<Question, QuestionsPage.Line> line = question -> new QuestionsPage.Line(question.id(),
                Optional.ofNullable(units.get(question.unit())).map(Unit::name).orElse(""), question.matter().map(matters::get).map(MatterRows.Row::number),
                "looks.question." + question.why().name().toLowerCase(Locale.ROOT).replace('_', '-'), question.askedAt(), question.answer());
        return new ModelAndView("matters/look/questions", Map.of("page", new QuestionsPage(mine.stream().map(line).toList(), all.rows().stream().map(line).toList(),
                auditor, all.next().map(key -> "/looks?after=" + key).orElse(""), refused, typed, refusals)));
    }

    @PostMapping("/looks/{id}")
    ModelAndView answer(@PathVariable UUID id, @RequestParam(defaultValue = "") String answer, RedirectAttributes redirect) {
        if (questions.open().stream().noneMatch(question -> question.id().equals(id))) {
            throw new NoSuchElementException("no open question of who answers");
        }
        String said = answer.strip();
        if (said.isEmpty() || said.length() > LONGEST) {
            ModelAndView page = page("", Optional.of(id), answer, List.of(said.isEmpty() ? Refusal.at("answer-" + id, "required") : Refusal.at("answer-" + id, "too-long", LONGEST)));
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        if (questions.answer(id, said)) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("looks.answered"));
        }
        return new ModelAndView("redirect:/looks");
    }
}
