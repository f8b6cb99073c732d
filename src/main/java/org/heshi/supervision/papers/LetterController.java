package org.heshi.supervision.papers;

import java.util.List;
import java.util.Map;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.heshi.supervision.task.SetTask;
import org.heshi.supervision.task.TaskForm;
import org.heshi.supervision.watch.Watched;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Writing a reminder letter to a unit. */
@Controller
class LetterController {

    private final SetTask tasks;

    LetterController(SetTask tasks) {
        this.tasks = tasks;
    }

    @GetMapping("/supervision/papers/new")
    ModelAndView blank() {
        Watched.centre();
        return shown(HttpStatus.OK, TaskForm.blank(), List.of());
    }

    @PostMapping("/supervision/papers/new")
    ModelAndView send(TaskForm form, RedirectAttributes redirect) {
        return switch (tasks.set(SetTask.Sort.LETTER, form)) {
            case SetTask.Setting.Done done -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("supervision.letter.done", done.task().number().shown()));
                yield new ModelAndView("redirect:/matters/" + done.task().number().digits() + "/papers/1");
            }
            case SetTask.Setting.Refused(List<Refusal> refusals) -> shown(HttpStatus.UNPROCESSABLE_CONTENT, form, refusals);
        };
    }

    private static ModelAndView shown(HttpStatus status, TaskForm form, List<Refusal> refusals) {
        ModelAndView shown = new ModelAndView("supervision/papers/letter", Map.of("form", form, "refusals", refusals));
        shown.setStatus(status);
        return shown;
    }
}
