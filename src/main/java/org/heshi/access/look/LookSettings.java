package org.heshi.access.look;

import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When looking is out of the usual ({@code heshi.looks.*}) [local].
 *
 * @param many  so many matters opened within an hour
 * @param night from when, and
 * @param day   until when nobody is expected to look, Asia/Shanghai; the same: never
 */
@ConfigurationProperties("heshi.looks")
record LookSettings(@DefaultValue("80") int many, @DefaultValue("23:00") LocalTime night, @DefaultValue("05:00") LocalTime day) {

    LookSettings {
        if (many < 2) {
            throw new IllegalArgumentException("heshi.looks.many is at least 2");
        }
    }

    boolean isNight(LocalTime time) {
        return night.isBefore(day) ? !time.isBefore(night) && time.isBefore(day) : !night.equals(day) && (!time.isBefore(night) || time.isBefore(day));
    }
}
