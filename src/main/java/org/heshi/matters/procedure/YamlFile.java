package org.heshi.matters.procedure;

import java.nio.ByteBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.CharBuffer;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads the plain part of YAML: mappings, lists and words. Anchors, aliases, tags and further documents are refused, so that a file
 * is what it looks like and cannot grow when read.
 */
final class YamlFile {

    /** Most bytes of one file. */
    static final int MOST_BYTES = 262_144;

    private static final int DEEPEST = 20;

    private YamlFile() {
    }

    static Optional<Piece.Named> read(String file, byte[] bytes, Problems problems) {
        int before = problems.count();
        Optional<String> text = decode(file, bytes, problems);
        if (text.isEmpty() || !plain(file, text.get(), problems)) {
            return Optional.empty();
        }
        try {
            Node root = yaml().compose(new StringReader(text.get()));
            if (root == null) {
                problems.add(file, 1, "the file is empty");
                return Optional.empty();
            }
            Piece piece = piece(file, root, problems);
            if (piece instanceof Piece.Named named) {
                return problems.count() == before ? Optional.of(named) : Optional.empty();
            }
            problems.add(piece.at(), "a mapping is expected, here is " + piece.shape());
        } catch (YAMLException e) {
            problems.add(file, lineOf(e, text.get()), "not readable as YAML: " + words(e));
        }
        return Optional.empty();
    }

    /** The same text for the same content, whatever the file's comments and spacing are. */
    static String write(Piece.Named named) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(true);
        options.setSplitLines(false);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options).dump(Piece.plain(named));
    }

    private static Optional<String> decode(String file, byte[] bytes, Problems problems) {
        if (bytes.length > MOST_BYTES) {
            problems.add(file, 1, "the file has " + bytes.length + " bytes, the most are " + MOST_BYTES);
            return Optional.empty();
        }
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            problems.add(file, line, "the file is not UTF-8 from here on: save it as UTF-8");
            return Optional.empty();
        }
        String text = out.flip().toString();
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (text.isBlank()) {
            problems.add(file, 1, "the file is empty");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** Whether nothing but mappings, lists and words is used. */
    private static boolean plain(String file, String text, Problems problems) {
        int before = problems.count();
        int documents = 0;
        try {
            for (Event event : yaml().parse(new StringReader(text))) {
                int line = event.getStartMark() == null ? 1 : event.getStartMark().getLine() + 1;
                if (event instanceof DocumentStartEvent && ++documents == 2) {
                    problems.add(file, line, "only one document is allowed in a file");
                }
                if (event instanceof AliasEvent) {
                    problems.add(file, line, "aliases (*name) are not allowed: use include");
                } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
                    problems.add(file, line, "anchors (&name) are not allowed: use include");
                }
                String tag = event instanceof ScalarEvent scalar ? scalar.getTag()
                        : event instanceof CollectionStartEvent start ? start.getTag() : null;
                if (tag != null) {
                    problems.add(file, line, "tags (" + tag + ") are not allowed");
                }
            }
        } catch (YAMLException e) {
            problems.add(file, lineOf(e, text), "not readable as YAML: " + words(e));
        }
        return problems.count() == before;
    }

    private static Piece piece(String file, Node node, Problems problems) {
        Piece.Place at = new Piece.Place(file, node.getStartMark().getLine() + 1);
        return switch (node) {
            case ScalarNode scalar -> new Piece.Words(at, scalar.getValue());
            case SequenceNode sequence -> {
                List<Piece> list = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    list.add(piece(file, item, problems));
                }
                yield new Piece.Items(at, list);
            }
            case MappingNode mapping -> {
                Map<String, Piece.Entry> entries = new LinkedHashMap<>();
                for (NodeTuple tuple : mapping.getValue()) {
                    Piece.Place key = new Piece.Place(file, tuple.getKeyNode().getStartMark().getLine() + 1);
                    Piece value = piece(file, tuple.getValueNode(), problems);
                    if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                        problems.add(key, "a key must be a word");
                    } else if (entries.putIfAbsent(scalar.getValue(), new Piece.Entry(key, value)) != null) {
                        problems.add(key, "'" + scalar.getValue() + "' stands here a second time, first on line "
                                + entries.get(scalar.getValue()).at().line());
                    }
                }
                yield new Piece.Named(at, entries);
            }
            default -> throw new IllegalStateException("a node of no known form: " + node.getNodeId());
        };
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(MOST_BYTES);
        options.setAllowRecursiveKeys(false);
        return new Yaml(options);
    }

    private static int lineOf(YAMLException e, String text) {
        if (e instanceof MarkedYAMLException marked) {
            Mark mark = marked.getProblemMark() == null ? marked.getContextMark() : marked.getProblemMark();
            return mark == null ? 1 : mark.getLine() + 1;
        }
        if (e instanceof ReaderException reader) {
            int end = text.offsetByCodePoints(0, Math.min(reader.getPosition(), text.codePointCount(0, text.length())));
            return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
        }
        return 1;
    }

    private static String words(YAMLException e) {
        String words = e instanceof MarkedYAMLException marked && marked.getProblem() != null ? marked.getProblem()
                : e instanceof ReaderException reader ? "the character U+%04X is not allowed".formatted(reader.getCodePoint())
                : String.valueOf(e.getMessage());
        return words.lines().findFirst().orElse("");
    }
}
