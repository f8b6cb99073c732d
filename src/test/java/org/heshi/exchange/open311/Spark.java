package org.heshi.exchange.open311;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** XML read by the JDK and turned into what its JSON must be by the convention of the specification; written apart from the program. */
final class Spark {

    private Spark() {
    }

    static Document xml(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError("no XML: " + text, e);
        }
    }

    static List<Element> children(Element of) {
        List<Element> all = new ArrayList<>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                all.add(element);
            }
        }
        return all;
    }

    static String text(Element of, String name) {
        return children(of).stream().filter(child -> child.getTagName().equals(name)).findFirst().map(Element::getTextContent).orElse(null);
    }

    /** Lists, maps and texts; nothing for what is empty. */
    static Object json(Element element) {
        List<Element> children = children(element);
        if (children.isEmpty()) {
            return element.getTextContent().isEmpty() ? null : element.getTextContent();
        }
        if (children.stream().map(Element::getTagName).distinct().count() == 1) {
            return children.stream().map(Spark::json).toList();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        children.forEach(child -> members.put(child.getTagName(), json(child)));
        return members;
    }

    /** The same of what Jackson read: numbers and truths as they are written, an empty list as nothing. */
    static Object plain(Object read) {
        return switch (read) {
            case null -> null;
            case List<?> list -> list.isEmpty() ? null : list.stream().map(Spark::plain).toList();
            case Map<?, ?> map -> {
                Map<String, Object> members = new LinkedHashMap<>();
                map.forEach((key, value) -> members.put(key.toString(), plain(value)));
                yield members;
            }
            default -> read.toString();
        };
    }
}
