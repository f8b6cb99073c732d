package org.heshi.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.picture.SamplePictures;
import org.heshi.matters.Chains;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Matters.Evidence;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenAPhotoIsReplacedTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    EvidenceStore evidence;
    @Autowired
    Chains chains;

    @Test
    void isFoundByTheProofOfItsMatter() throws IOException {
        byte[] bytes = SamplePictures.jpeg(320, 200);
        Evidence photo = Acting.as(new Actor.Passerby(), () -> {
            try {
                return ((EvidenceStore.Kept.Done) evidence.keep("路灯.jpg", bytes.length, new ByteArrayInputStream(bytes))).evidence();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Answer.Done reported = new Hall(context).report(Map.of("files", List.of(photo)));
        Path file;
        try (Stream<Path> all = Files.walk(Path.of(System.getProperty("heshi.tests.folder", "target/test-data")))) {
            file = all.filter(path -> path.getFileName().toString().equals(photo.id().toString())).findFirst().orElseThrow();
        }
        assertThat(found(reported)).isEmpty();
        Files.write(file, SamplePictures.jpeg(320, 201));
        assertThat(found(reported)).containsExactly("file-changed");
        Files.delete(file);
        assertThat(found(reported)).containsExactly("file-missing");
    }

    private List<String> found(Answer.Done matter) {
        List<String> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("verify"), () -> chains.verify(Optional.of(matter.number()), found -> wrong.add(found.what()), _ -> { }));
        return wrong;
    }
}
