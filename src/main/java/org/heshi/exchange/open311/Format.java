package org.heshi.exchange.open311;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** In what an answer is written: the ending of the address says it. */
enum Format {
    XML("text/xml; charset=utf-8") {
        @Override
        byte[] write(Said said) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
                out.writeStartDocument("UTF-8", "1.0");
                element(out, said);
                out.writeEndDocument();
                out.close();
            } catch (XMLStreamException e) {
                throw new IllegalStateException("an answer could not be written", e);
            }
            return bytes.toByteArray();
        }
    },
    JSON("application/json; charset=utf-8") {
        @Override
        byte[] write(Said said) {
            return MAPPER.writeValueAsBytes(plain(said));
        }
    };

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String type;

    Format(String type) {
        this.type = type;
    }

    /** As the header Content-Type has it. */
    String type() {
        return type;
    }

    abstract byte[] write(Said said);

    /** By an ending; empty when nobody writes that. */
    static Optional<Format> of(String ending) {
        return switch (ending) {
            case "xml" -> Optional.of(XML);
            case "json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }

    private static void element(XMLStreamWriter out, Said said) throws XMLStreamException {
        out.writeStartElement(said.name());
        switch (said) {
            case Said.Leaf(_, Object value) -> {
                if (value != null) {
                    out.writeCharacters(writable(value.toString()));
                }
            }
            case Said.Many(_, List<? extends Said> of) -> {
                for (Said part : of) {
                    element(out, part);
                }
            }
            case Said.One(_, List<Said> of) -> {
                for (Said part : of) {
                    element(out, part);
                }
            }
        }
        out.writeEndElement();
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String writable(String text) {
        StringBuilder good = new StringBuilder(text.length());
        text.codePoints().filter(c -> c == 0x9 || c == 0xA || c == 0xD || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000)
                .forEach(good::appendCodePoint);
        return good.toString();
    }

    private static @Nullable Object plain(Said said) {
        return switch (said) {
            case Said.Leaf(_, Object value) -> value;
            case Said.Many(_, List<? extends Said> of) -> {
                List<@Nullable Object> list = new ArrayList<>();
                of.forEach(part -> list.add(plain(part)));
                yield list;
            }
            case Said.One(_, List<Said> of) -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                of.forEach(part -> members.put(part.name(), plain(part)));
                yield members;
            }
        };
    }
}
