package org.heshi.attachments.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.picture.SamplePictures;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;

@HeshiTest
class WhenTheOriginalIsEvidenceTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    EvidenceStore evidence;
    @Autowired
    FilesController files;
    @Autowired
    MatterViews views;
    @Autowired
    @Qualifier("follower")
    JdbcClient follower;

    Hall hall;
    byte[] sent;
    Evidence photo;
    Answer.Done matter;

    @BeforeEach
    void aReportWithAPhoto() throws Exception {
        hall = new Hall(context);
        sent = SamplePictures.jpeg(640, 400);
        photo = Acting.as(new Actor.Passerby(), () -> {
            try {
                return ((EvidenceStore.Kept.Done) evidence.keep("墙.jpg", sent.length, new ByteArrayInputStream(sent))).evidence();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        matter = hall.report(Map.of("files", List.of(photo)));
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
    }

    @Test
    void commitsToTheDigestOfWhatWasSent() throws Exception {
        assertThat(photo.original()).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sent)));
        assertThat(photo.sha256()).isNotEqualTo(photo.original());
    }

    @Test
    void isKeptInADisputeAndSavedByWhoHandlesItOnly() {
        sorted("dispute");
        hall.done(hall.dispatcher, matter.matter(), "assign", Map.of("lead", hall.works.id().toString(), "reason", "职责所在"), 3);

        var answer = Acting.as(hall.handler, () -> files.original(photo.id().toString()));
        assertThat(answer.getBody()).isEqualTo(sent);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.CONTENT_DISPOSITION)).startsWith("attachment");
        assertThat(Acting.as(hall.handler, () -> views.get(matter.matter())).files()).singleElement()
                .satisfies(file -> assertThat(file.original()).isTrue());
        for (Actor other : List.of(hall.neighbourDispatcher, hall.stationHandler, hall.aboveHead, new Actor.Resident(matter.matter(), 1), new Actor.Passerby())) {
            assertThatThrownBy(() -> Acting.as(other, () -> files.original(photo.id().toString()))).as("%s", other).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(Acting.as(new Actor.Resident(matter.matter(), 1), () -> views.get(matter.matter())).files()).singleElement()
                .satisfies(file -> assertThat(file.original()).isFalse());
    }

    @Test
    void goesAsSoonAsTheMatterIsSortedIntoAnythingElse() {
        assertThat(kept()).isTrue();
        sorted("service");
        long end = System.nanoTime() + 20_000_000_000L;
        while (kept()) {
            assertThat(System.nanoTime()).as("the original goes").isLessThan(end);
            LockSupport.parkNanos(50_000_000L);
        }
        assertThatThrownBy(() -> Acting.as(hall.dispatcher, () -> files.original(photo.id().toString()))).isInstanceOf(NoSuchElementException.class);
        assertThat(Acting.as(hall.dispatcher, () -> files.picture(photo.id().toString())).getBody()).as("the picture stays").isNotEmpty();
        assertThat(Acting.as(hall.dispatcher, () -> views.get(matter.matter())).files()).singleElement().satisfies(file -> assertThat(file.original()).isFalse());
    }

    private void sorted(String kind) {
        hall.done(hall.dispatcher, matter.matter(), "sort", Map.of("kind", kind, "category", "02", "level", "yellow"), 2);
        long end = System.nanoTime() + 20_000_000_000L;
        while (follower.sql("select count(*) from attachments.naming where matter = ?").param(matter.matter()).query(Integer.class).single() == 0) {
            assertThat(System.nanoTime()).as("the naming").isLessThan(end);
            LockSupport.parkNanos(50_000_000L);
        }
    }

    private boolean kept() {
        return follower.sql("select original_kept from attachments.file where id = ?").param(photo.id()).query(Boolean.class).single();
    }
}
