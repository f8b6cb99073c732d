package org.heshi.site;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ResidentSession;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Says who acts, for tests. */
@RestController
class WhoAmI {

    @GetMapping({"/follow/test-who", "/report/test-who"})
    String who() {
        return Acting.current().toString();
    }

    @GetMapping("/follow/test-enter")
    String enter(@RequestParam UUID matter, HttpServletRequest request) {
        ResidentSession.enter(request, new Actor.Resident(matter, 2), java.util.Optional.empty());
        return "in";
    }

    @GetMapping("/follow/test-leave")
    String leave(HttpServletRequest request, HttpServletResponse response) {
        ResidentSession.leave(request, response);
        return "out";
    }
}
