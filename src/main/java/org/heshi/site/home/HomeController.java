package org.heshi.site.home;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The door of the hall. */
@Controller
@ConditionalOnWebApplication
class HomeController {

    @GetMapping("/")
    String home() {
        return "site/home/page";
    }

    @GetMapping("/help")
    String help() {
        return "site/home/help";
    }
}
