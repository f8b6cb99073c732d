package org.heshi.proof;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/** The whole program with a log of its own, so that it may be tampered with, and a time that tests move. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"heshi.proof.name=heshi-test", "heshi.proof.witnesses=auditor@example.org"})
@ActiveProfiles("test")
@Import(MovedTime.class)
@interface ProofTest {
}
