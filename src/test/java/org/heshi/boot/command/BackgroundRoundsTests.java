package org.heshi.boot.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.heshi.HeshiTest;
import org.heshi.kernel.Repeating;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HeshiTest
class BackgroundRoundsTests {

    @Autowired
    Map<String, Repeating> rounds;

    @Test
    void areMadeWhileTheProgramServes() {
        assertThat(rounds).containsKeys("oldQuestions", "oldEvents", "oldTokens", "endedVisits", "oldAccounts");
        assertThat(rounds.values()).allMatch(Repeating::running);
    }
}
