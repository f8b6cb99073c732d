package org.heshi.matters.procedure;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Procedures that were found right, each alone and all together, with the text under which each is published: includes resolved, so that
 * it can be read later without the files.
 *
 * @param kinds by kind: intake first, the others by their {@code order}, then by name
 */
record ProcedureSet(Map<String, Checked> kinds) {

    record Checked(Procedure procedure, String source) {

        Procedure as(int version) {
            Procedure p = procedure;
            return new Procedure(p.kind(), version, p.title(), p.about(), p.basis(), p.steps(), p.states(), p.actions(), p.arrivals(), p.outcomes(),
                    p.clocks(), p.internal(), p.inPublic());
        }
    }

    /** @throws RefusedProcedures naming everything that is wrong */
    static ProcedureSet of(Collection<ProcedureFile> files) {
        Problems problems = new Problems();
        Map<String, Piece.Named> fragments = new LinkedHashMap<>();
        Map<ProcedureFile, Piece.Named> roots = new LinkedHashMap<>();
        for (ProcedureFile file : files) {
            if (!file.name().endsWith(".yaml")) {
                problems.add(file.name(), 1, "the name must end in .yaml, else the file is not read");
                continue;
            }
            YamlFile.read(file.name(), file.bytes(), problems).ifPresent(root -> {
                if (file.fragment()) {
                    fragments.put(file.stem(), root);
                } else {
                    roots.put(file, root);
                }
            });
        }
        if (files.stream().filter(ProcedureFile::fragment).count() != fragments.size()) {
            // what a broken fragment should bring would be missing everywhere, and say nothing new
            throw new RefusedProcedures(problems.violations());
        }
        Includes includes = new Includes(fragments, problems);
        includes.check();
        Map<String, ProcedureReader.Read> reads = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        boolean whole = problems.count() == 0;
        roots.forEach((file, root) -> {
            Piece.Named resolved = includes.resolve(root);
            ProcedureReader.read(resolved, 1, problems.within(file.name(), file.stem())).ifPresent(read -> {
                String kind = read.procedure().kind();
                if (!kind.equals(file.stem())) {
                    problems.add(read.at("procedure"), "kind '" + kind + "' must stand in a file of its own name, " + kind + ".yaml");
                }
                ProcedureRules.check(read, problems);
                reads.put(kind, read);
                sources.put(kind, YamlFile.write(resolved));
            });
        });
        if (whole && reads.size() == roots.size()) {
            if (!reads.containsKey(Procedure.INTAKE)) {
                problems.add("procedures", 1, "there is no intake.yaml, in which every matter starts");
            }
            ProcedureRules.checkTogether(reads, problems);
        }
        if (problems.count() > 0) {
            throw new RefusedProcedures(problems.violations());
        }
        Map<String, Checked> kinds = new LinkedHashMap<>();
        reads.values().stream().sorted(ORDER).forEach(read -> kinds.put(read.procedure().kind(),
                new Checked(read.procedure(), sources.get(read.procedure().kind()))));
        return new ProcedureSet(kinds);
    }

    private static final Comparator<ProcedureReader.Read> ORDER =
            Comparator.<ProcedureReader.Read, Boolean>comparing(read -> !read.procedure().kind().equals(Procedure.INTAKE))
                    .thenComparing(ProcedureReader.Read::order).thenComparing(read -> read.procedure().kind());

    /**
     * A published text as the version that it was published as.
     *
     * @throws RefusedProcedures when it is no longer readable
     */
    static Procedure published(String kind, int version, String source) {
        Problems problems = new Problems();
        Optional<Procedure> procedure = YamlFile.read("published " + kind + " version " + version, source.getBytes(StandardCharsets.UTF_8), problems)
                .flatMap(root -> ProcedureReader.read(root, version, problems)).map(ProcedureReader.Read::procedure);
        if (procedure.isEmpty()) {
            throw new RefusedProcedures(problems.violations());
        }
        return procedure.get();
    }

    List<Procedure> procedures() {
        return kinds.values().stream().map(Checked::procedure).toList();
    }
}
