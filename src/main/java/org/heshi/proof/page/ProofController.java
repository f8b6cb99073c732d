package org.heshi.proof.page;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.heshi.kernel.Page;
import org.heshi.proof.head.Heads;
import org.heshi.proof.head.LogKeys;
import org.heshi.proof.note.TreeHead;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The public record of the record: heads, keys, and what is needed to check them without this program. Names no matter and nobody. */
@Controller
class ProofController {

    private static final int PAGE = 24;
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final Heads heads;
    private final LogKeys keys;

    ProofController(Heads heads, LogKeys keys) {
        this.heads = heads;
        this.keys = keys;
    }

    @GetMapping("/proof")
    ModelAndView page(@RequestParam(defaultValue = "") String after) {
        Page<TreeHead.Signed> page = heads.page(Optional.of(after).filter(key -> !key.isEmpty()), PAGE);
        return new ModelAndView("proof/page", Map.of("page", new ProofPage(page.rows(), page.next().map(key -> "/proof?after=" + key).orElse(""),
                after.isEmpty() ? "" : "/proof", keys.known(), heads.witnessed())));
    }

    @GetMapping("/proof/newest.txt")
    ResponseEntity<String> newest() {
        TreeHead.Signed newest = heads.newest().orElseThrow(() -> new NoSuchElementException("no head was signed yet"));
        return ResponseEntity.ok().contentType(TEXT).body(newest.note().toString());
    }

    @GetMapping("/proof/heads.txt")
    ResponseEntity<StreamingResponseBody> all() {
        return ResponseEntity.ok().contentType(TEXT).header(HttpHeaders.CONTENT_DISPOSITION, attachment("heads.txt")).body(out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            heads.each(note -> {
                try {
                    writer.write(note + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.flush();
        });
    }

    @GetMapping("/proof/keys.txt")
    ResponseEntity<String> keys() {
        return ResponseEntity.ok().contentType(TEXT).body(keys.known().stream().map(LogKeys.Known::statement).collect(Collectors.joining("\n")));
    }

    /** The hashes that show that the log of {@code to} entries begins with that of {@code from}, one a line, in base64 (RFC 9162, section 2.1.4). */
    @GetMapping("/proof/consistency.txt")
    ResponseEntity<String> consistency(@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to) {
        if (!from.matches("[0-9]{1,18}") || !to.matches("[0-9]{1,18}")) {
            throw new NoSuchElementException("sizes are numbers");
        }
        return ResponseEntity.ok().contentType(TEXT).body(heads.consistency(Long.parseLong(from), Long.parseLong(to))
                .orElseThrow(() -> new NoSuchElementException("the tree was never of these sizes")).stream().map(hash -> hash + "\n").collect(Collectors.joining()));
    }

    /** A page that checks receipts by itself, to be kept on one's own machine: what this house serves could be changed by this house. */
    @GetMapping("/proof/check.html")
    ResponseEntity<Resource> checker() {
        return ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment("heshi-check.html")).body(new ClassPathResource("proof/check.html"));
    }

    static String attachment(String name) {
        return ContentDisposition.attachment().filename(name).build().toString();
    }
}
