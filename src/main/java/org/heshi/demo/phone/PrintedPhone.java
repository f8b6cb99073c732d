package org.heshi.demo.phone;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says, below who can sign in, where the demo shows what it would send. */
@Component
@ConditionalOnWebApplication
@Conditional(NothingSends.class)
class PrintedPhone {

    private final DemoPhone phone;

    PrintedPhone(DemoPhone phone) {
        this.phone = phone;
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        if (phone.takes()) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.printf("演示不发送短信和邮件，验证码和通知显示在 / The demo sends nothing; codes and mails are shown at%n  %s%n%n", phone.address());
        }
    }
}
