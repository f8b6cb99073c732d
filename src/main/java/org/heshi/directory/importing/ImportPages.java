package org.heshi.directory.importing;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.heshi.directory.HeldPost;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class ImportPages {

    private final Imports imports;

    ImportPages(Imports imports) {
        this.imports = imports;
    }

    @GetMapping("/admin/import")
    String ask(Model model) {
        return ask(model, List.of());
    }

    @GetMapping("/admin/import/template.xlsx")
    ResponseEntity<byte[]> template(Locale locale) {
        boolean english = Locale.ENGLISH.getLanguage().equals(locale.getLanguage());
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("heshi-directory.xlsx").build().toString())
                .header(HttpHeaders.CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                .body(Template.of(english));
    }

    @PostMapping("/admin/import")
    String upload(HeldPost by, @RequestParam(required = false) MultipartFile file, Model model, HttpServletResponse response) throws IOException {
        Imports.Uploading uploading = file == null ? new Imports.Uploading.Refused(List.of(Refusal.at("file", "directory-file-none")))
                : file.getSize() > Spreadsheet.LARGEST ? new Imports.Uploading.Refused(List.of(Refusal.at("file", "directory-file-too-big")))
                : imports.upload(by, file.getOriginalFilename() == null ? "" : file.getOriginalFilename(), file.getBytes());
        return switch (uploading) {
            case Imports.Uploading.Kept(UUID id) -> "redirect:/admin/import/" + id;
            case Imports.Uploading.Refused(List<Refusal> refusals) -> {
                response.setStatus(422);
                yield ask(model, refusals);
            }
        };
    }

    @GetMapping("/admin/import/{id}")
    String preview(HeldPost by, @PathVariable UUID id, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("preview", imports.preview(by, id));
        return "directory/importing/preview";
    }

    @PostMapping("/admin/import/{id}/confirm")
    String confirm(HeldPost by, @PathVariable UUID id, RedirectAttributes redirect) {
        Preview done = imports.confirm(by, id);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.import.done", done.units(), done.posts(), done.people(), done.rules()));
        return "redirect:/admin/units";
    }

    @PostMapping("/admin/import/{id}/discard")
    String discard(@PathVariable UUID id, RedirectAttributes redirect) {
        imports.discard(id);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.import.discarded"));
        return "redirect:/admin/import";
    }

    private static String ask(Model model, List<Refusal> refusals) {
        model.addAttribute("refusals", refusals);
        return "directory/importing/ask";
    }
}
