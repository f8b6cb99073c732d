package org.heshi.bill.open;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.access.ClientAddress;
import org.heshi.access.Pace;
import org.heshi.bill.answers.Answers;
import org.heshi.bill.edition.BillSettings;
import org.heshi.bill.edition.Edition;
import org.heshi.bill.edition.EditionCsv;
import org.heshi.bill.edition.Editions;
import org.heshi.bill.page.Fresh;
import org.heshi.kernel.Csv;
import org.heshi.kernel.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Files for programs, at addresses that stay: an edition's never changes, those of the newest and of all do with each edition. */
@Controller
class DataController {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final Pattern EDITION = Pattern.compile("bill-([1-9][0-9]{0,5})\\.csv");
    private static final int ANSWERS = 200;

    private final Editions editions;
    private final Answers answers;
    private final DataPackage description;
    private final BillSettings settings;
    private final String base;
    private final Pace pace;
    private final int aMinute;

    DataController(Editions editions, Answers answers, DataPackage description, BillSettings settings, @Value("${heshi.base-url:http://127.0.0.1:8080}") String base, Pace pace,
            @Value("${heshi.bill-pace:30}") int aMinute) {
        this.pace = pace;
        this.aMinute = aMinute;
        this.editions = editions;
        this.answers = answers;
        this.description = description;
        this.settings = settings;
        this.base = base;
    }

    @GetMapping("/bill/data")
    String page(Model model) {
        model.addAttribute("editions", editions.list());
        model.addAttribute("columns", EditionCsv.COLUMNS);
        model.addAttribute("licence", settings.licence());
        model.addAttribute("licenceAddress", settings.licenceAddress());
        model.addAttribute("base", base);
        return "bill/data";
    }

    @GetMapping("/bill/data/datapackage.json")
    @Nullable ResponseEntity<Map<String, Object>> description(WebRequest request, HttpServletResponse response) {
        List<Edition.Heading> list = editions.list();
        Instant changed = list.isEmpty() ? Instant.EPOCH : list.getFirst().releasedAt();
        if (Fresh.file(request, response, "package-" + list.size() + (list.isEmpty() ? "" : "-" + list.getFirst().digest().substring(0, 16)), changed)) {
            return null;
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(description.of(list));
    }

    /** An edition ({@code bill-3.csv}), the newest ({@code bill-newest.csv}), all of them ({@code bill-all.csv}), their list and the answers. */
    @GetMapping("/bill/data/{file:[a-z0-9-]+\\.csv}")
    @Nullable ResponseEntity<StreamingResponseBody> file(@PathVariable String file, WebRequest request, HttpServletRequest asking, HttpServletResponse response) {
        List<Edition.Heading> list = editions.list();
        Instant changed = list.isEmpty() ? Instant.EPOCH : list.getFirst().releasedAt();
        String newest = list.isEmpty() ? "none" : list.size() + "-" + list.getFirst().digest().substring(0, 16);
        return switch (file) {
            case "bill-newest.csv" -> edition(list.stream().findFirst().orElseThrow(DataController::none), request, response);
            case "bill-all.csv" -> Fresh.file(request, response, "all-" + newest, changed) ? null : !pace.tryStep("bill-all", ClientAddress.of(asking), aMinute) ? later() : csv(out -> {
                out.write(Csv.line(withEdition("edition", EditionCsv.COLUMNS.stream().map(EditionCsv.Column::name).toList())));
                for (Edition.Heading heading : list) {
                    Edition edition = editions.edition(heading.number()).orElseThrow(DataController::none);
                    StringBuilder lines = new StringBuilder();
                    edition.parts().forEach(part -> EditionCsv.write(part, lines));
                    for (String line : lines.toString().split("\r\n")) {
                        out.write(heading.number() + "," + line + "\r\n");
                    }
                }
            });
            case "editions.csv" -> Fresh.file(request, response, "editions-" + newest, changed) ? null : csv(out -> {
                out.write(Csv.line(DataPackage.EDITIONS.stream().map(DataPackage.Field::name).toList()));
                for (Edition.Heading one : list) {
                    out.write(Csv.line(List.of(Integer.toString(one.number()), one.month().toString(), one.releasedAt().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString(),
                            String.join(" ", one.recounted().stream().map(Object::toString).toList()), one.digest(), base + "/bill/data/bill-" + one.number() + ".csv")));
                }
            });
            case "answers.csv" -> Fresh.file(request, response, "answers-" + answers.changed().toEpochMilli(), answers.changed()) ? null : csv(out -> {
                out.write(Csv.line(DataPackage.ANSWERS.stream().map(DataPackage.Field::name).toList()));
                String after = "";
                do {
                    Page<Answers.Published> page = answers.published(after, ANSWERS);
                    for (Answers.Published one : page.rows()) {
                        out.write(Csv.line(List.of(one.id().toString(), one.kind(), one.town(), one.at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString(), one.title(),
                                one.question(), one.answer(), base + "/bill/answers/" + one.id())));
                    }
                    after = page.next().orElse("");
                } while (!after.isEmpty());
            });
            default -> {
                Matcher number = EDITION.matcher(file);
                if (!number.matches()) {
                    throw none();
                }
                yield edition(list.stream().filter(one -> one.number() == Integer.parseInt(number.group(1))).findFirst().orElseThrow(DataController::none), request, response);
            }
        };
    }

    private static ResponseEntity<StreamingResponseBody> later() {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS).header(HttpHeaders.RETRY_AFTER, Long.toString(Pace.PAUSE.toSeconds())).build();
    }

    private @Nullable ResponseEntity<StreamingResponseBody> edition(Edition.Heading heading, WebRequest request, HttpServletResponse response) {
        if (Fresh.file(request, response, heading.digest(), heading.releasedAt())) {
            return null;
        }
        Edition edition = editions.edition(heading.number()).orElseThrow(DataController::none);
        return csv(out -> {
            out.write(EditionCsv.heading());
            edition.parts().forEach(part -> EditionCsv.write(part, out));
        });
    }

    private static List<String> withEdition(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    private interface Writing {
        void to(Writer out) throws IOException;
    }

    private static ResponseEntity<StreamingResponseBody> csv(Writing writing) {
        return ResponseEntity.ok().contentType(CSV).body(out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writing.to(writer);
            writer.flush();
        });
    }

    private static NoSuchElementException none() {
        return new NoSuchElementException("no such file");
    }
}
