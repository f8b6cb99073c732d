package org.heshi.site.words;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The messages and the reader's language, as the rest of the program finds them. */
@Configuration(proxyBeanMethods = false)
class Words {

    @Bean
    Messages messageSource(ResourcePatternResolver resources) {
        return new Messages(resources);
    }

    @Bean
    ReaderLanguage localeResolver() {
        return new ReaderLanguage();
    }

    @Bean
    WebMvcConfigurer languageKeptInACookie(ReaderLanguage language) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(language);
            }
        };
    }
}
