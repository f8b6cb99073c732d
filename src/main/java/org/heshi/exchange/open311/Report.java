package org.heshi.exchange.open311;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heshi.kernel.Bilingual;

/**
 * A request that a program sends, read from its form: where, what, who; and the answers to what its service asks, which become words of the description.
 * What stands in {@code device_id} and {@code account_id} is no part of it.
 */
final class Report {

    static final int LONGEST = 4_000;
    private static final int LONGEST_LINE = 400;
    private static final int LONGEST_PLACE = 200;
    private static final int LONGEST_LINK = 2_000;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_TITLE = 60;
    private static final Pattern ATTRIBUTE = Pattern.compile("attribute\\[([^\\[\\]]{1,40})](\\[])?");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,18}(\\.[0-9]{1,9})?");

    static final Bilingual MEDIA = new Bilingual("附件链接（系统没有打开过）", "Link to media (never opened by us)");
    private static final Bilingual WHERE = new Bilingual("地址", "Address");

    private final Asked asked;
    private final Service service;
    private final List<Fault> faults = new ArrayList<>();

    private Report(Asked asked, Service service) {
        this.asked = asked;
        this.service = service;
    }

    /**
     * @param jurisdiction the place that it was sent to, in which it lies when nothing nearer is named; may be empty
     * @param home         the place of the program's unit, for words that name no place
     */
    static Map<String, Object> read(Asked asked, Service service, String jurisdiction, String home, Addresses places) {
        return new Report(asked, service).read(jurisdiction, home, places);
    }

    /** What tells the sender from another of the same program, and stands in no report. */
    static String sender(Asked asked) {
        return asked.get("device_id").length() + " " + asked.get("device_id") + " " + asked.get("account_id");
    }

    /** Whether anything in it is of this sender alone; a short text about the same place may well come from two people. */
    static boolean tellsApart(Asked asked) {
        return List.of("device_id", "account_id", "lat", "phone", "email", "first_name", "last_name", "media_url").stream().anyMatch(name -> asked.find(name).isPresent());
    }

    private Map<String, Object> read(String jurisdiction, String home, Addresses places) {
        Map<String, Object> input = new HashMap<>();
        Optional<String> point = point();
        Optional<String> words = asked.find("address_string").map(text -> text.replaceAll("\\s+", " "));
        Optional<String> id = asked.find("address_id");
        if (point.isEmpty() && words.isEmpty() && id.isEmpty() && faults.isEmpty()) {
            faults.add(Fault.bad("no-place"));
        }
        String base = jurisdiction.isEmpty() ? home : jurisdiction;
        String place = base;
        if (id.isPresent()) {
            if (places.find(id.get()).isPresent()) {
                place = id.get();
            } else {
                faults.add(Fault.bad("address-id", id.get()));
            }
        } else if (words.isPresent()) {
            place = places.named(words.get(), base);
        }
        if (id.isEmpty() && point.isPresent() && place.equals(base)) {
            // nothing else says nearer where it is
            place = places.holding(point.get(), words.isPresent() ? base : jurisdiction).orElse(words.isPresent() ? base : jurisdiction);
            if (place.isEmpty()) {
                faults.add(Fault.bad("point-nowhere"));
            }
        }
        input.put("place", place);
        point.ifPresent(at -> input.put("point", at));
        words.filter(text -> text.length() <= LONGEST_PLACE).ifPresent(text -> input.put("place-words", text));
        input.put("category", service.code());
        contacts(input);
        String description = description(words.filter(text -> text.length() > LONGEST_PLACE));
        input.put("description", description.isEmpty() ? service.category().name() : description);
        input.put("title", title(place, places));
        asked.find("notice").ifPresent(version -> input.put("notice", version));
        if (!faults.isEmpty()) {
            throw new Fault.Found(faults);
        }
        return input;
    }

    private Optional<String> point() {
        Optional<String> latitude = asked.find("lat");
        Optional<String> longitude = asked.find("long");
        if (latitude.isEmpty() && longitude.isEmpty()) {
            return Optional.empty();
        }
        if (latitude.isEmpty() || longitude.isEmpty()) {
            faults.add(Fault.bad("half-a-point", latitude.isEmpty() ? "lat" : "long"));
            return Optional.empty();
        }
        if (!degrees(latitude.get(), 90) || !degrees(longitude.get(), 180)) {
            faults.add(Fault.bad("no-point", latitude.get(), longitude.get()));
            return Optional.empty();
        }
        return Optional.of(shortened(latitude.get()) + "," + shortened(longitude.get()));
    }

    private static boolean degrees(String written, int most) {
        return written.matches("-?[0-9]{1,3}(\\.[0-9]{1,20})?") && Math.abs(Double.parseDouble(written)) <= most;
    }

    private static String shortened(String degrees) {
        return new java.math.BigDecimal(degrees).setScale(6, java.math.RoundingMode.HALF_EVEN).toPlainString();
    }

    private void contacts(Map<String, Object> input) {
        String first = asked.get("first_name");
        String last = asked.get("last_name");
        // a Chinese name has the family's first and no space
        String name = (last + first).codePoints().anyMatch(c -> c > 0x2E7F) ? last + first : (first + " " + last).strip();
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            faults.add(Fault.bad("long", "first_name + last_name", LONGEST_NAME));
        } else if (!name.isEmpty()) {
            input.put("name", name);
        }
        asked.find("email").ifPresent(address -> input.put("email", address));
        asked.find("phone").ifPresent(number -> input.put("phone", number));
        if (!input.containsKey("name") && !input.containsKey("email") && !input.containsKey("phone")) {
            input.put("anonymous", "true");
        }
    }

    private String title(String place, Addresses places) {
        String where = places.find(place).map(org.heshi.divisions.Division::name).orElse("");
        String title = where + service.category().name();
        return title.codePointCount(0, title.length()) <= LONGEST_TITLE ? title : service.category().name();
    }

    private String description(Optional<String> longPlace) {
        List<String> parts = new ArrayList<>();
        String described = asked.get("description").replace("\r\n", "\n").replace('\r', '\n');
        if (described.codePointCount(0, described.length()) > LONGEST) {
            faults.add(Fault.bad("long", "description", LONGEST));
        } else if (!described.isEmpty()) {
            parts.add(described);
        }
        String answers = answers().entrySet().stream().map(one -> one.getKey() + "：" + one.getValue()).collect(Collectors.joining("\n"));
        if (!answers.isEmpty()) {
            parts.add(answers);
        }
        longPlace.ifPresent(where -> {
            if (where.codePointCount(0, where.length()) > LONGEST_LINK) {
                faults.add(Fault.bad("long", "address_string", LONGEST_LINK));
            } else {
                parts.add(WHERE.zh() + "：" + where);
            }
        });
        asked.find("media_url").ifPresent(link -> {
            if (webAddress(link)) {
                parts.add(MEDIA.zh() + "：" + link);
            } else {
                faults.add(Fault.bad("media-url"));
            }
        });
        String whole = String.join("\n\n", parts);
        if (faults.isEmpty() && whole.codePointCount(0, whole.length()) > 2 * LONGEST) {
            faults.add(Fault.bad("long", "description + attribute", 2 * LONGEST));
        }
        return whole;
    }

    static boolean webAddress(String link) {
        if (link.length() > LONGEST_LINK) {
            return false;
        }
        try {
            URI uri = new URI(link);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** By the question, in the order of the service. */
    private Map<String, String> answers() {
        Map<String, List<String>> given = new LinkedHashMap<>();
        asked.parameters().forEach((name, values) -> {
            Matcher attribute = ATTRIBUTE.matcher(name);
            if (attribute.matches()) {
                given.computeIfAbsent(attribute.group(1), _ -> new ArrayList<>())
                        .addAll(Arrays.stream(values).map(String::strip).filter(value -> !value.isEmpty()).toList());
            } else if (name.startsWith("attribute")) {
                faults.add(Fault.bad("attribute-name", name.length() > 60 ? name.substring(0, 60) : name));
            }
        });
        given.keySet().stream().filter(code -> service.attributes().stream().noneMatch(one -> one.code().equals(code)))
                .forEach(code -> faults.add(Fault.bad("attribute-unknown", code)));
        Map<String, String> answers = new LinkedHashMap<>();
        for (Attribute attribute : service.attributes()) {
            List<String> values = given.getOrDefault(attribute.code(), List.of());
            if (!attribute.variable()) {
                continue;
            }
            if (values.isEmpty()) {
                if (attribute.required()) {
                    faults.add(Fault.bad("attribute-missing", attribute.code()));
                }
            } else {
                answer(attribute, values).ifPresent(words -> answers.put(attribute.description(), words));
            }
        }
        return answers;
    }

    private Optional<String> answer(Attribute attribute, List<String> values) {
        if (attribute.datatype() != Attribute.Datatype.MULTIVALUELIST && values.size() > 1) {
            faults.add(Fault.bad("attribute-several", attribute.code()));
            return Optional.empty();
        }
        String value = values.getFirst();
        boolean good = switch (attribute.datatype()) {
            case STRING -> value.length() <= LONGEST_LINE && value.lines().count() == 1;
            case TEXT -> value.length() <= LONGEST;
            case NUMBER -> NUMBER.matcher(value).matches();
            case DATETIME -> date(value);
            case SINGLEVALUELIST, MULTIVALUELIST -> values.stream().allMatch(key -> attribute.value(key).isPresent());
        };
        if (!good) {
            faults.add(Fault.bad("attribute-value", attribute.code(), attribute.datatype().code()));
            return Optional.empty();
        }
        return Optional.of(attribute.datatype().list()
                ? values.stream().distinct().map(key -> attribute.value(key).orElseThrow().name()).collect(Collectors.joining("、")) : value);
    }

    private static boolean date(String value) {
        return reads(() -> OffsetDateTime.parse(value)) || reads(() -> LocalDateTime.parse(value)) || reads(() -> LocalDate.parse(value));
    }

    private static boolean reads(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
