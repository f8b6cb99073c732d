package org.heshi.matters.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.heshi.kernel.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
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

        CannotStart why = why(start(folder.toString()));

        assertThat(why.exitCode()).isEqualTo(2);
        assertThat(why.getMessage()).startsWith("Heshi does not start: 2 things are wrong with the procedure files")
                .contains(folder.resolve("repair.yaml") + ":56: action 'answer': unknown role 'boss'", ":79: action 'reopen': unknown effect 'explode'");
        assertThat(output.getAll()).doesNotContain("\tat org.heshi.matters.procedure.");
    }

    @Test
    void saysThatTheFolderIsNotThere() {
        Path missing = folder.resolve("nowhere");
        assertThat(catchThrowable(() -> ProcedureFolder.files(missing.toString()))).isInstanceOf(RefusedProcedures.class)
                .hasMessage(missing + ":1: there is no such folder");
    }

    @Test
    void putsAFileOfTheFolderInPlaceOfTheShippedOneAndAddsOthers() throws Exception {
        String repair = GoodFiles.text("repair.yaml");
        Files.writeString(folder.resolve("repair.yaml"), repair);
        String advice = ShippedProceduresTests.SHIPPED.kinds().get("advice").source().replaceFirst("en: Advice", "en: Questions");
        Files.writeString(folder.resolve("advice.yaml"), advice);
        Files.writeString(folder.resolve(".repair.yaml.swp"), "left by an editor");

        ProcedureSet set = ProcedureSet.of(ProcedureFolder.files(folder.toString()));

        assertThat(set.kinds()).hasSize(13).containsKey("repair");
        assertThat(set.kinds().get("advice").procedure().title().en()).isEqualTo("Questions");
    }

    private static Throwable start(String folder) {
        return catchThrowable(() -> new SpringApplicationBuilder(NoDatabase.class).web(WebApplicationType.NONE)
                .properties("spring.config.name=none", "heshi.procedures=" + folder).run());
    }

    private static CannotStart why(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof CannotStart)) {
            cause = cause.getCause();
        }
        return (CannotStart) cause;
    }
}
