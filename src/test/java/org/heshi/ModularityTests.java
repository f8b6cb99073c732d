package org.heshi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    static final ApplicationModules HOUSE = ofOursAlone(() -> ApplicationModules.of(Heshi.class));

    @Test
    void everyRoomKeepsItsFence() {
        HOUSE.verify();
    }

    @Test
    void everyRoomHasAFenceAndACharter() throws Exception {
        List<String> without = HOUSE.stream().map(module -> module.getBasePackage().getName())
                .filter(name -> {
                    try {
                        Package room = Class.forName(name + ".package-info").getPackage();
                        ApplicationModule module = room.getAnnotation(ApplicationModule.class);
                        // what may use anything has the one placeholder of the annotation
                        return module == null || List.of(module.allowedDependencies()).equals(List.of("¯\\_(ツ)_/¯")) || !room.isAnnotationPresent(NullMarked.class);
                    } catch (ClassNotFoundException e) {
                        return true;
                    }
                }).toList();
        assertThat(without).isEmpty();
        try (Stream<Path> rooms = Files.list(Path.of("src/main/java/org/heshi")).filter(Files::isDirectory)) {
            for (Path room : rooms.toList()) {
                assertThat(Files.readString(room.resolve("package-info.java"))).as("charter of %s", room).contains("Promises").contains("Owns");
            }
        }
    }

    @Test
    void everyFenceBites() {
        ImportOption withTrespassers = location -> !location.contains("/test-classes/") || location.contains("/trespass/");
        String noticed = ofOursAlone(() -> String.join("\n", ApplicationModules.of(Heshi.class, withTrespassers).detectViolations().getMessages()));
        for (String room : HOUSE.stream().map(module -> module.getIdentifier().toString()).toList()) {
            assertThat(noticed).as("the trespasser of %s", room).contains("org.heshi." + room + ".trespass.Trespass");
        }
    }

    @Test
    void noRoomGoesInCirclesInside() {
        JavaClasses main = ofOursAlone(() -> new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.heshi"));
        String circles = HOUSE.stream().map(module -> slices().matching(module.getBasePackage().getName() + ".(*)..").should().beFreeOfCycles()
                .allowEmptyShould(true).evaluate(main.that(resideInAPackage(module.getBasePackage().getName() + "..")))).filter(EvaluationResult::hasViolation)
                .map(r -> r.getFailureReport().toString()).collect(Collectors.joining("\n"));
        assertThat(circles).isEmpty();
    }

    /** Between rooms nothing is asked of what the libraries' classes are: they need not be read. */
    private static <T> T ofOursAlone(Supplier<T> read) {
        ArchConfiguration how = ArchConfiguration.get();
        boolean before = how.resolveMissingDependenciesFromClassPath();
        how.setResolveMissingDependenciesFromClassPath(false);
        try {
            return read.get();
        } finally {
            how.setResolveMissingDependenciesFromClassPath(before);
        }
    }

    @Test
    void drawsTheHouseIntoTheDocs() throws Exception {
        Path docs = Path.of("docs/modules");
        Files.createDirectories(docs);
        Files.writeString(docs.resolve("house.svg"), HousePicture.of(HOUSE));
        assertThat(Files.readString(docs.resolve("house.svg"))).contains(">matters<").contains("marker-end");
    }
}
