package org.heshi.exchange.open311;

import java.util.List;
import java.util.Locale;
import org.heshi.kernel.Bilingual;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What is wrong, in Open311's {@code errors}: by the ending of the address, in XML where it has none of ours. */
@Component
class Errors {

    private final MessageSource words;

    Errors(MessageSource words) {
        this.words = words;
    }

    static Format format(String path) {
        return Format.of(path.substring(path.lastIndexOf('.') + 1)).orElse(Format.XML);
    }

    byte[] written(List<Fault> faults, Format in, Locale locale) {
        return in.write(new Said.Many("errors", faults.stream().map(fault -> Said.one("error", "code", fault.status(),
                "description", words.getMessage("open311.fault." + fault.key(), fault.arguments().stream()
                        .map(arg -> arg instanceof Bilingual both ? both.in(locale) : arg instanceof Number number ? number.toString() : arg).toArray(), locale))).toList()));
    }
}
