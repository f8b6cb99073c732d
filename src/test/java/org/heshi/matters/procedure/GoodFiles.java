package org.heshi.matters.procedure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A small intake and one small kind, right in every respect, for tests that make them wrong. */
final class GoodFiles {

    private GoodFiles() {
    }

    static String text(String name) {
        try (var in = GoodFiles.class.getResourceAsStream("/procedures-good/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The good files, with these bytes in place of the one of that name or added to them. */
    static List<ProcedureFile> with(String name, byte[] bytes) {
        List<ProcedureFile> files = new ArrayList<>();
        for (String good : List.of("intake.yaml", "repair.yaml", "common/import.yaml")) {
            if (!good.equals(name)) {
                files.add(file(good, text(good).getBytes(StandardCharsets.UTF_8)));
            }
        }
        files.add(file(name, bytes));
        return files;
    }

    static List<ProcedureFile> with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static ProcedureFile file(String name, byte[] bytes) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return new ProcedureFile(name, last.substring(0, last.lastIndexOf('.')), name.startsWith("common/"), bytes);
    }
}
