package org.heshi.site;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** A page that always fails, for tests of what people see then. Found by the program because tests stand in its packages. */
@Controller
class PlantedFault {

    /** Gives away all that no page may. */
    @GetMapping("/report/test-leak")
    @ResponseBody
    ResponseEntity<String> leak() {
        return ResponseEntity.status(303).header("Location", "https://elsewhere.example/").body("看得见 at org.heshi.Page(Page.java:1) 1788906");
    }

    @GetMapping("/report/test-fault")
    String fail() {
        throw new IllegalStateException("a planted fault");
    }
}
