package org.heshi.demo.county;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says, once the program is ready, who can sign in to the demo: on standard output, for whoever typed {@code ./run}. */
@Component
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "heshi.demo", havingValue = "true", matchIfMissing = true)
class Printed {

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(list());
        out.flush();
    }

    static String list() {
        StringBuilder list = new StringBuilder();
        list.append("\n演示数据，人物均为虚构。以下人员可登录，密码均为 ").append(DemoPerson.PASSWORD).append('\n');
        list.append("Demo data, all people are invented. These can sign in; the password of each is ").append(DemoPerson.PASSWORD).append("\n\n");
        for (DemoPerson person : DemoPerson.values()) {
            list.append("  %-12s%s / %s%n".formatted(person.signIn(), person.does().zh(), person.does().en()));
        }
        return list.append('\n').toString();
    }
}
