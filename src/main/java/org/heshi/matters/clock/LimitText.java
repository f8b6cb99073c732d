package org.heshi.matters.clock;

import org.heshi.calendar.Limit;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Limits in settings: {@code 3 WORKDAY}. */
@Component
@ConfigurationPropertiesBinding
class LimitText implements Converter<String, Limit> {

    @Override
    public Limit convert(String text) {
        return Limit.parse(text);
    }
}
