package org.heshi.demo.phone;

import java.util.List;
import java.util.NoSuchElementException;
import org.heshi.notices.StandIn;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows everybody at this machine what the demo would send to anybody: whoever tries the program plays them all. */
@Controller
@ConditionalOnWebApplication
@Conditional(NothingSends.class)
class PhoneController {

    private final DemoPhone phone;

    PhoneController(DemoPhone phone) {
        this.phone = phone;
    }

    @GetMapping(DemoPhone.PAGE)
    String page(Model model) {
        if (!phone.takes()) {
            throw new NoSuchElementException("the county is not the demo's");
        }
        model.addAttribute("page", new PhonePage(phone.messages().stream().map(this::message).toList(), DemoPhone.MOST));
        return "demo/phone/page";
    }

    private PhonePage.Message message(StandIn.Sent sent) {
        return new PhonePage.Message(sent.telephone(), sent.to(), sent.at(), sent.words().stream().map(words -> new PhonePage.Part(words.language().toLanguageTag(),
                words.subject(), words.text().lines().map(String::strip).filter(line -> !line.isEmpty()).map(this::line).toList())).toList());
    }

    private PhonePage.Line line(String text) {
        return new PhonePage.Line(text, phone.href(text));
    }
}
