package org.heshi.attachments.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.attachments.store.Folder;
import org.heshi.kernel.Ids;
import org.heshi.matters.NamedFiles;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Serves a file to whoever may read an entry that names it; before any entry names it, to whoever was given its unguessable id with the form
 * that sent it, as the small picture only. Everybody else gets the answer for a file that does not exist. Residents ask under {@code /follow},
 * where the site knows them; a form that is being filled in asks under {@code /report}.
 */
@Controller
class FilesController {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final NamedFiles files;
    private final Folder folder;
    private final Looks looks;

    FilesController(JdbcClient jdbc, TransactionTemplate transactions, NamedFiles files, Folder folder, Looks looks) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.files = files;
        this.folder = folder;
        this.looks = looks;
    }

    private record Row(String mediaType, boolean named, List<UUID> matters) {
    }

    private record Shown(String mediaType, String name) {
    }

    @GetMapping({"/files/{id}", "/follow/files/{id}"})
    ResponseEntity<byte[]> picture(@PathVariable String id) {
        UUID file = id(id);
        Row row = row(file);
        if (!row.named()) {
            throw new NoSuchElementException("nobody has sent this file yet");
        }
        Shown shown = shown(file, row);
        return answer(file, false, MediaType.parseMediaType(shown.mediaType()), shown.name());
    }

    /** What was sent in, byte for byte, for the units that handle the matter: never shown, only saved. */
    @GetMapping("/files/{id}/original")
    ResponseEntity<byte[]> original(@PathVariable String id) {
        UUID file = id(id);
        Row row = row(file);
        if (!(Acting.current() instanceof Actor.Staff) || !row.named()) {
            throw new NoSuchElementException("no such original for who asks");
        }
        Shown shown = shown(file, row, NamedFiles.Named::original);
        byte[] bytes = bytes(() -> folder.readOriginal(file));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM)
                .cacheControl(CacheControl.noStore().cachePrivate())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(shown.name(), StandardCharsets.UTF_8).build().toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .body(bytes);
    }

    private interface Reading {
        Optional<byte[]> read() throws IOException;
    }

    private static byte[] bytes(Reading reading) {
        try {
            return reading.read().orElseThrow(() -> new NoSuchElementException("the bytes are gone"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping({"/files/{id}/thumb", "/follow/files/{id}/thumb", "/report/files/{id}/thumb"})
    ResponseEntity<byte[]> thumb(@PathVariable String id) {
        UUID file = id(id);
        Row row = row(file);
        String name = row.named() ? shown(file, row).name() : "photo";
        return answer(file, true, MediaType.IMAGE_JPEG, name);
    }

    private Row row(UUID file) {
        // One transaction: the policies of attachments answer for who acts.
        Row row = transactions.execute(_ -> jdbc.sql("""
                select f.media_type, f.named, array(select distinct n.matter from attachments.naming n where n.file = f.id) as matters
                from attachments.file f where f.id = ?
                """).param(file).query((r, _) -> new Row(r.getString("media_type"), r.getBoolean("named"),
                        List.of((UUID[]) r.getArray("matters").getArray()))).optional()
                .orElseThrow(() -> new NoSuchElementException("no such file for who asks")));
        return java.util.Objects.requireNonNull(row);
    }

    /** Seeing the matter is not enough: the entry that names the file must be theirs to read, as the matter's own view says. */
    private Shown shown(UUID file, Row row) {
        return shown(file, row, _ -> true);
    }

    private Shown shown(UUID file, Row row, Predicate<NamedFiles.Named> fits) {
        for (UUID matter : row.matters()) {
            for (NamedFiles.Named known : files.of(matter)) {
                if (known.file().equals(file) && fits.test(known)) {
                    // a picture tells as much of a matter as its page does
                    if (Acting.current() instanceof Actor.Staff) {
                        looks.record(matter);
                    }
                    return new Shown(row.mediaType(), known.name());
                }
            }
        }
        throw new NoSuchElementException("no such file for who asks");
    }

    private ResponseEntity<byte[]> answer(UUID file, boolean small, MediaType type, String name) {
        byte[] bytes = bytes(() -> folder.read(file, small));
        return ResponseEntity.ok()
                .contentType(type)
                // The machine at the window is many people's: nothing of a matter stays on it.
                .cacheControl(CacheControl.noStore().cachePrivate())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.inline().filename(name, StandardCharsets.UTF_8).build().toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .body(bytes);
    }

    private static UUID id(String typed) {
        return Ids.find(typed).orElseThrow(() -> new NoSuchElementException("not the id of a file"));
    }
}
