package org.heshi.exchange.sheet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.heshi.kernel.XlsxInspection;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Sheets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * A centre's window takes in a sheet of matters of its place: checked first, and given back with what became of each row. The file is read and thrown away; nothing of it is kept
 * but the matters.
 */
@Controller
@ConditionalOnWebApplication
class SheetPages {

    static final long LARGEST = 5L * 1024 * 1024;
    static final int MOST_ROWS = 2_000;
    private static final String HERE = "/desk/import";

    private final ImportSheet sheets;
    private final MessageSource words;

    SheetPages(ImportSheet sheets, MessageSource words) {
        this.sheets = sheets;
        this.words = words;
    }

    @Bean
    static MenuItem sheetMenu() {
        return new MenuItem("sheet.menu", HERE, "upload", 26, Set.of(Role.WINDOW_CLERK.code(), Role.DISPATCHER.code()));
    }

    @GetMapping(HERE)
    String ask(Model model) {
        centre();
        return page(model, List.of());
    }

    @GetMapping(HERE + "/template.xlsx")
    ResponseEntity<byte[]> template(Locale locale) {
        centre();
        return file("heshi-matters.xlsx", SheetTemplate.of(locale.getLanguage().equals("en"), words));
    }

    @PostMapping(HERE)
    Object take(@RequestParam(required = false) MultipartFile file, @RequestParam(defaultValue = "") String what, Locale locale, Model model, HttpServletResponse response)
            throws IOException {
        Actor.Staff staff = centre();
        if (file == null || file.isEmpty() || file.getSize() > LARGEST) {
            return refused(model, response, Refusal.at("file", file == null || file.isEmpty() ? "sheet-file-none" : "sheet-file-large"));
        }
        if (!what.equals("check") && !what.equals("import")) {
            return refused(model, response, Refusal.at("what", "required"));
        }
        Path read = Files.createTempFile("heshi-sheet", ".xlsx");
        try {
            file.transferTo(read);
            try (SheetReader reader = SheetReader.open(read)) {
                if (reader.count() > MOST_ROWS) {
                    return refused(model, response, Refusal.at("file", "sheet-file-rows", MOST_ROWS));
                }
            }
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            sheets.from(read, staff.held().division(), staff.held().unitName(), what.equals("check"), back, locale, _ -> {
            });
            String name = String.valueOf(file.getOriginalFilename()).replaceFirst("(?i)\\.xlsx$", "").replaceAll("[\\p{Cntrl}\"/\\\\]", "");
            return file((name.length() > 100 ? name.substring(0, 100) : name) + (what.equals("check") ? ".check.xlsx" : ".result.xlsx"), back.toByteArray());
        } catch (XlsxInspection.Unreadable e) {
            return refused(model, response, Refusal.at("file", "sheet-file-" + e.code()));
        } finally {
            Files.deleteIfExists(read);
        }
    }

    private static Actor.Staff centre() {
        Actor.Staff staff = Acting.staffWith(Role.WINDOW_CLERK, Role.DISPATCHER);
        if (staff.held().unitType() != UnitType.CENTRE) {
            throw new AccessDeniedException("matters are taken in by a centre");
        }
        return staff;
    }

    private static ResponseEntity<byte[]> file(String name, byte[] bytes) {
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name, java.nio.charset.StandardCharsets.UTF_8).build().toString())
                .header(HttpHeaders.CONTENT_TYPE, Sheets.XLSX).body(bytes);
    }

    private static String refused(Model model, HttpServletResponse response, Refusal refusal) {
        response.setStatus(422);
        return page(model, List.of(refusal));
    }

    private static String page(Model model, List<Refusal> refusals) {
        model.addAttribute("refusals", refusals);
        return "exchange/sheet/ask";
    }
}
