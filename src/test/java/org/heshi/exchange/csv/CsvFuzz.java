package org.heshi.exchange.csv;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Any bytes are rows or faults, and end. */
class CsvFuzz {

    @FuzzTest(maxDuration = "60s")
    void ends(byte[] file) throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_8, Encoding.GB18030)) {
            try (CsvReader reader = CsvReader.of(new ByteArrayInputStream(file), charset)) {
                reader.expect(3);
                int rows = 0;
                for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                    if (++rows > file.length + 1) {
                        throw new IllegalStateException("more rows than bytes");
                    }
                }
            }
        }
    }
}
