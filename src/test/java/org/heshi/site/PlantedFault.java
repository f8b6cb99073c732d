package org.heshi.site;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** A page that always fails, for tests of what people see then. Found by the program because tests stand in its packages. */
@Controller
class PlantedFault {

    @GetMapping("/report/test-fault")
    String fail() {
        throw new IllegalStateException("a planted fault");
    }
}
