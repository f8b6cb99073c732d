package org.heshi;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    static final ApplicationModules HOUSE = ApplicationModules.of(Heshi.class);

    @Test
    void everyRoomKeepsItsFence() {
        HOUSE.verify();
    }
}
