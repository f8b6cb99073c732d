package org.heshi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole program with the demo county in it, as somebody has it who typed {@code ./run}, without mail server and provider of SMS; on a database of its own, shared by all tests
 * that carry this: they may add matters and posts, but no units and no accounts, which are counted.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, 
        properties = {"heshi.demo=true", "heshi.smtp.host=", "heshi.sms.url="})
@ActiveProfiles("test")
@ContextConfiguration(initializers = OnWhatAFirstStartLeft.class)
public @interface DemoTest {

    /** Of all the people whom the demo prints. */
    String PASSWORD = "heshi-demo-2026";
}
