package org.heshi.demo.county;

import org.heshi.kernel.FooterNote;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says on every page that what is shown is invented. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "heshi.demo", havingValue = "true", matchIfMissing = true)
class DemoNote {

    @Bean
    FooterNote inventedPeople() {
        return new FooterNote("demo.note");
    }
}
