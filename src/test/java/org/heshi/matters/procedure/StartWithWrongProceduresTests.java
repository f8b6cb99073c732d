package org.heshi.matters.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The files are judged before the database is asked for anything, so none is there. */
@ExtendWith(OutputCaptureExtension.class)
class StartWithWrongProceduresTests {

    @TempDir
    Path folder;

    @Configuration
    @Import(PublishedProcedures.class)
    static class NoDatabase {

        private final SimpleDriverDataSource none = new SimpleDriverDataSource();

        @Bean
        JdbcClient jdbc() {
            return JdbcClient.create(none);
        }

        @Bean
        TransactionTemplate transactions() {
            return new TransactionTemplate(new JdbcTransactionManager(none));
        }

        @Bean
        InstantSource clock() {
            return InstantSource.system();
        }
    }

    @Test
    void endsWithTwoAndSaysEachFileAndLineWithoutAStackTrace(CapturedOutput output) throws Exception {
        Files.writeString(folder.resolve("repair.yaml"), GoodFiles.text("repair.yaml").replace("role: handler", "role: boss")
                .replace("effect: reopen", "effect: explode"));

        Throwable failure = start(folder.toString());

        assertThat(exitCode(failure)).isEqualTo(2);
        assertThat(output.getAll()).contains(folder.resolve("repair.yaml") + ":").contains("unknown role 'boss'").contains("unknown effect 'explode'")
                .contains("docs/procedures.md").doesNotContain("\tat ");
    }

    @Test
    void saysThatTheFolderIsNotThere(CapturedOutput output) {
        Path missing = folder.resolve("nowhere");
        assertThat(exitCode(start(missing.toString()))).isEqualTo(2);
        assertThat(output.getAll()).contains(missing + ":1: there is no such folder");
    }

    @Test
    void putsAFileOfTheFolderInPlaceOfTheShippedOneAndAddsOthers() throws Exception {
        String repair = GoodFiles.text("repair.yaml");
        Files.writeString(folder.resolve("repair.yaml"), repair);
        String advice = ShippedProceduresTests.SHIPPED.kinds().get("advice").source().replaceFirst("en: Advice", "en: Questions");
        Files.writeString(folder.resolve("advice.yaml"), advice);
        Files.writeString(folder.resolve(".repair.yaml.swp"), "left by an editor");

        ProcedureSet set = ProcedureSet.of(ProcedureFolder.files(folder.toString()));

        assertThat(set.kinds()).hasSize(9).containsKey("repair");
        assertThat(set.kinds().get("advice").procedure().title().en()).isEqualTo("Questions");
    }

    private static Throwable start(String folder) {
        return catchThrowable(() -> new SpringApplicationBuilder(NoDatabase.class).web(WebApplicationType.NONE)
                .properties("spring.config.name=none", "heshi.procedures=" + folder).run());
    }

    private static int exitCode(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ExitCodeGenerator generator) {
                return generator.getExitCode();
            }
        }
        return 1;
    }
}
