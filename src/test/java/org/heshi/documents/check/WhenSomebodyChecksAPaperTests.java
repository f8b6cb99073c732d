package org.heshi.documents.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.documents.Letter;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Answer;
import org.heshi.documents.Papers.Draft;
import org.heshi.documents.Papers.Numbering;
import org.heshi.documents.check.Verdict.Kind;
import org.heshi.documents.check.Verdict.Standing;
import org.heshi.documents.render.Printed;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.matters.Hall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenSomebodyChecksAPaperTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Papers papers;
    @Autowired
    KeptSeals seals;
    @Autowired
    Checking checking;

    private Hall hall;
    private UUID matter;
    private Paper paper;
    private byte[] pdf;

    @BeforeEach
    void issues() {
        hall = new Hall(context);
        matter = hall.accepted().matter();
        seals.make(hall.works.id(), false);
        paper = ((Answer.Done) Acting.as(hall.handler, () -> papers.issue(new Draft("letter", matter, hall.works.id(), new Numbering.Fresh("验" + System.nanoTime() % 1_000_000),
                Set.of("staff"), letter("第一版"))))).paper();
        pdf = bytes(1);
    }

    private Letter letter(String words) {
        return new Letter("试验函", "试验甲", List.of(words), List.of(), List.of(), hall.works.name());
    }

    private byte[] bytes(int version) {
        return Acting.as(hall.handler, () -> papers.bytes(paper.id(), version)).orElseThrow();
    }

    private Verdict check(byte[] file) {
        try {
            return checking.check(() -> new ByteArrayInputStream(file), file.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isToldWhoseItIsAndThatItHolds() {
        Verdict verdict = check(pdf);
        assertThat(verdict.kind()).isEqualTo(Kind.GENUINE);
        assertThat(verdict.standing()).isEqualTo(Standing.HOLDS);
        assertThat(verdict.unit()).contains(hall.works.name());
        assertThat(verdict.number()).isEqualTo(paper.number());
        assertThat(verdict.at()).contains(paper.newest().at());
        assertThat(verdict.toString()).doesNotContain("试验甲");
    }

    @Test
    void findsEveryAlteredByte() {
        int step = Math.max(1, pdf.length / 150);
        for (int at = 0; at < pdf.length; at += step) {
            byte[] altered = pdf.clone();
            altered[at] ^= 1;
            Kind kind = check(altered).kind();
            // the zeros that fill the room of the signature are no part of anything, but the file is not the one in the register
            assertThat(kind).as("byte %d of %d", at, pdf.length).isNotEqualTo(Kind.GENUINE).isNotEqualTo(Kind.KNOWN);
        }
    }

    @Test
    void findsWhatWasAddedBehindTheSeal() throws IOException {
        byte[] more = Arrays.copyOf(pdf, pdf.length + 1);
        more[pdf.length] = '\n';
        assertThat(check(more).kind()).isEqualTo(Kind.CHANGED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument open = Loader.loadPDF(pdf)) {
            open.getDocumentInformation().setTitle("changed");
            open.getDocumentInformation().getCOSObject().setNeedToBeUpdated(true);
            open.saveIncremental(out);
        }
        Verdict verdict = check(out.toByteArray());
        assertThat(verdict.kind()).isEqualTo(Kind.CHANGED);
        assertThat(verdict.number()).as("of the one that was sealed").isEqualTo(paper.number());
    }

    @Test
    void isNotDeceivedByASealMovedIntoAnotherFile() {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("/ByteRange");
        byte[] wrapped = ("%PDF-1.7\n" + text.substring(from, text.indexOf("]", from) + 1) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] forged = Arrays.copyOf(wrapped, pdf.length);
        System.arraycopy(pdf, wrapped.length, forged, wrapped.length, pdf.length - wrapped.length);
        assertThat(check(forged).kind()).isEqualTo(Kind.BROKEN);
        byte[] many = ("%PDF-1.7\n" + "/ByteRange [0 5 9 4]\n".repeat(20_000)).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(check(many).kind()).isEqualTo(Kind.FOREIGN);
        assertThat(check("%PDF-1.7\nnothing".getBytes(StandardCharsets.US_ASCII)).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void isToldWhenItWasReplacedWithdrawnOrIsACopy() {
        Acting.as(hall.handler, () -> papers.revise(paper.id(), 1, letter("第二版")));
        assertThat(check(pdf).standing()).isEqualTo(Standing.REPLACED);
        assertThat(check(bytes(2)).standing()).isEqualTo(Standing.HOLDS);
        byte[] copy = Acting.as(hall.handler, () -> papers.reprint(paper.id())).orElseThrow();
        assertThat(check(copy).standing()).isEqualTo(Standing.COPY);
        assertThat(Acting.as(hall.handler, () -> papers.replaced(paper.id()))).isTrue();
        assertThat(check(bytes(2))).as("something else stands in its place").extracting(Verdict::kind, Verdict::standing).containsExactly(Kind.GENUINE, Standing.REPLACED);
        assertThat(Acting.as(hall.handler, () -> papers.revise(paper.id(), 2, letter("第三版")))).isInstanceOf(Papers.Answer.Refused.class);
        Acting.as(hall.handler, () -> papers.withdraw(paper.id()));
        assertThat(check(bytes(2))).extracting(Verdict::kind, Verdict::standing).containsExactly(Kind.GENUINE, Standing.WITHDRAWN);
    }

    @Test
    void trustsWhatWasSealedBeforeAKeyWasRenewedAndOnlyTheRegisterAfterOneWasLost() {
        seals.make(hall.works.id(), false);
        assertThat(check(pdf).kind()).isEqualTo(Kind.GENUINE);
        byte[] never = Acting.as(hall.handler, this::sealedBesideTheRegister);
        assertThat(check(never).kind()).isEqualTo(Kind.NOT_IN_REGISTER);
        seals.make(hall.works.id(), true);
        assertThat(check(never).kind()).isEqualTo(Kind.BROKEN);
        assertThat(check(pdf).kind()).isEqualTo(Kind.GENUINE);
    }

    /** What somebody makes who has the key. */
    private byte[] sealedBesideTheRegister() {
        var preview = (Papers.Rendered.Done) papers.preview(new Draft("letter", matter, hall.works.id(), new Numbering.None(), Set.of("staff"), letter("假的")));
        return seals.sign(seals.find(hall.works.id()).orElseThrow(), new Printed(preview.pdf(), preview.pages(), Optional.empty()), "x",
                InstantSource.system().instant());
    }
}
