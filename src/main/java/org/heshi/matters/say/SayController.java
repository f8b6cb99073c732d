package org.heshi.matters.say;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.form.Forms;
import org.heshi.matters.form.Setting;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.MatterView;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page behind a one-time link: two questions, asked by nobody who handled the matter. Opening it changes nothing, so that a preview in a
 * message does not use it up; sending the answer does.
 */
@Controller
class SayController {

    private static final String SAY = "say";
    private static final int TRIES_AN_HOUR = 120;

    private final GivenLinks links;
    private final MatterViews views;
    private final Matters matters;
    private final Forms forms;
    private final Throttle throttle;
    private final TransactionTemplate transactions;

    SayController(GivenLinks links, MatterViews views, Matters matters, Forms forms, Throttle throttle, TransactionTemplate transactions) {
        this.links = links;
        this.views = views;
        this.matters = matters;
        this.forms = forms;
        this.throttle = throttle;
        this.transactions = transactions;
    }

    @GetMapping("/say/{token}")
    ModelAndView ask(@PathVariable String token) {
        Optional<Actor.Resident> who = links.find(token);
        return who.map(resident -> Acting.as(resident, () -> {
            MatterView matter = views.get(resident.matter());
            return action(matter).map(action -> shown(token, matter, forms.blank(action, matter.version(), setting(matter)), HttpStatus.OK))
                    .orElseGet(SayController::gone);
        })).orElseGet(SayController::gone);
    }

    @PostMapping("/say/{token}")
    ModelAndView say(@PathVariable String token, HttpServletRequest request) {
        if (!throttle.tryTake("say", ClientAddress.of(request), TRIES_AN_HOUR, Duration.ofHours(1))) {
            ModelAndView wait = gone();
            wait.setStatus(HttpStatus.TOO_MANY_REQUESTS);
            return wait;
        }
        return links.find(token).map(resident -> Acting.as(resident, () -> {
            MatterView matter = views.get(resident.matter());
            Optional<Action> action = action(matter);
            if (action.isEmpty()) {
                return gone();
            }
            ActionForm form = forms.read(action.get(), setting(matter), request);
            if (!form.ready()) {
                return shown(token, matter, form, HttpStatus.UNPROCESSABLE_CONTENT);
            }
            Answer answer = transactions.execute(status -> {
                Answer given = matters.act(Act.on(matter.id(), SAY, form.input(), form.version(), form.key()));
                if (given instanceof Answer.Done && !links.use(token)) {
                    status.setRollbackOnly();
                }
                return given;
            });
            return switch (answer) {
                case Answer.Done _ -> new ModelAndView("matters/say/thanks", Map.of("number", matter.number()));
                case Answer.Refused(List<Refusal> refusals) -> shown(token, matter, form.refused(refusals), HttpStatus.UNPROCESSABLE_CONTENT);
                case Answer.Stale stale -> shown(token, views.get(matter.id()), form.overtaken(stale.version()), HttpStatus.CONFLICT);
                case null -> gone();
            };
        })).orElseGet(SayController::gone);
    }

    private Optional<Action> action(MatterView matter) {
        return views.nextActions(matter.id()).stream().filter(action -> action.name().equals(SAY)).findFirst();
    }

    private static Setting setting(MatterView matter) {
        return new Setting(matter.procedure(), matter.division().substring(0, Math.min(6, matter.division().length())));
    }

    private static ModelAndView shown(String token, MatterView matter, ActionForm form, HttpStatus status) {
        ModelAndView shown = new ModelAndView("matters/say/page", Map.of("page", new SayPage(token, matter, form)));
        shown.setStatus(status);
        return shown;
    }

    private static ModelAndView gone() {
        ModelAndView gone = new ModelAndView("matters/say/gone");
        gone.setStatus(HttpStatus.NOT_FOUND);
        return gone;
    }
}
