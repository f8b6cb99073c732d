package org.heshi.documents.register;

import org.heshi.documents.Letter;
import org.heshi.documents.PaperKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of paper that every room may issue. */
@Configuration(proxyBeanMethods = false)
class LetterKind {

    @Bean
    PaperKind letter() {
        return new PaperKind("letter", "documents.letter", "documents/letter.jte", Letter.class, true);
    }
}
