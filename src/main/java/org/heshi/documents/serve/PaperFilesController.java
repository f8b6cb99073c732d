package org.heshi.documents.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.documents.CaseFiles;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.render.CheckedKinds;
import org.heshi.kernel.Ids;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Papers as files. Everybody else than those whom a paper is meant for gets the answer for one that does not exist. Residents ask under {@code /follow},
 * where the site knows them. Never shown in the page: a paper is saved, and opened by what opens PDFs.
 */
@Controller
class PaperFilesController {

    /** Who works on cases, and so with the people in them. */
    private static final Role[] WORKING = {Role.MEDIATOR, Role.HANDLER, Role.HEAD};

    private final Papers papers;
    private final CaseFiles caseFiles;
    private final CheckedKinds kinds;
    private final Looks looks;
    private final MessageSource words;

    PaperFilesController(Papers papers, CaseFiles caseFiles, CheckedKinds kinds, Looks looks, MessageSource words) {
        this.papers = papers;
        this.caseFiles = caseFiles;
        this.kinds = kinds;
        this.looks = looks;
        this.words = words;
    }

    @GetMapping({"/papers/{id}/{version}", "/follow/papers/{id}/{version}"})
    ResponseEntity<byte[]> paper(@PathVariable String id, @PathVariable String version) {
        Paper paper = paper(id);
        int wanted = version.matches("[0-9]{1,4}") ? Integer.parseInt(version) : 0;
        look(paper);
        byte[] pdf = papers.bytes(paper.id(), wanted).orElseThrow(PaperFilesController::none);
        return answer(paper).body(pdf);
    }

    @PostMapping("/papers/{id}/reprint")
    ResponseEntity<byte[]> reprint(@PathVariable String id) {
        Acting.staff();
        Paper paper = paper(id);
        look(paper);
        byte[] pdf = papers.reprint(paper.id()).orElseThrow(PaperFilesController::none);
        return answer(paper).body(pdf);
    }

    @GetMapping("/papers/case-files/{id}")
    ResponseEntity<StreamingResponseBody> caseFile(@PathVariable String id) {
        Actor.Staff staff = Acting.staff();
        UUID file = Ids.find(id).orElseThrow(PaperFilesController::none);
        CaseFiles.Bound bound = caseFiles.find(file).filter(found -> !found.forgotten()).orElseThrow(PaperFilesController::none);
        Acting.staffWith(Role.MEDIATOR, Role.HANDLER, Role.HEAD, Role.WINDOW_CLERK);
        looks.record(bound.matter(), Looks.What.CONTACTS);
        return headers(ResponseEntity.ok(), title("documents.case-file")).contentLength(bound.size()).body(out -> Acting.run(staff, () -> {
            try {
                caseFiles.write(file, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private Paper paper(String id) {
        return Ids.find(id).flatMap(papers::find).orElseThrow(PaperFilesController::none);
    }

    private static NoSuchElementException none() {
        return new NoSuchElementException("no such paper for who asks");
    }

    /** Of papers that show contacts as well who may fetch them, before they are read: whoever may not finds out nothing by asking. */
    private void look(Paper paper) {
        if (Acting.current() instanceof Actor.Staff) {
            boolean contacts = kinds.showsContacts(paper.kind());
            if (contacts) {
                Acting.staffWith(WORKING);
            }
            looks.record(paper.matter(), contacts ? Looks.What.CONTACTS : Looks.What.MATTER);
        }
    }

    private ResponseEntity.BodyBuilder answer(Paper paper) {
        Optional<String> title = kinds.title(paper.kind()).map(this::title);
        return headers(ResponseEntity.ok(), paper.number().map(number -> number + " ").orElse("") + title.orElse(paper.kind()));
    }

    private static ResponseEntity.BodyBuilder headers(ResponseEntity.BodyBuilder answer, String name) {
        return answer.contentType(MediaType.APPLICATION_PDF)
                // The machine at the window is many people's: nothing of a matter stays on it.
                .cacheControl(CacheControl.noStore().cachePrivate())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name + ".pdf", StandardCharsets.UTF_8).build().toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }

    private String title(String key) {
        return words.getMessage(key, new Object[0], Locale.SIMPLIFIED_CHINESE);
    }
}
