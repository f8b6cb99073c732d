package org.heshi.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read stands in the messages, never in a template; style and script stand in their files. */
class TemplatesTests {

    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Pattern CJK = Pattern.compile("[\\p{IsHan}\\u3000-\\u303f\\uff01-\\uff60]+");
    private static final Pattern TEXT = Pattern.compile(">([^<>]+)<");
    private static final Pattern READ_ALOUD = Pattern.compile("\\b(?:alt|title|placeholder|aria-label|aria-description)=\"([^\"$]+)\"");
    private static final Pattern INLINE = Pattern.compile("(?i)<style|<script(?![^>]*\\bsrc=)|\\sstyle=|\\son[a-z]+=\"|javascript:");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");

    @Test
    void holdNoChinese() {
        List<String> found = new ArrayList<>();
        forEach((template, text) -> CJK.matcher(text).results().forEach(match -> found.add(template + ": " + match.group())));
        assertThat(found).isEmpty();
    }

    @Test
    void holdNoWordsThatAreShown() {
        List<String> found = new ArrayList<>();
        forEach((template, text) -> found.addAll(words(template, text)));
        assertThat(found).isEmpty();
    }

    @Test
    void holdNeitherStyleNorScript() {
        List<String> found = new ArrayList<>();
        forEach((template, text) -> INLINE.matcher(text).results().forEach(match -> found.add(template + ": " + match.group())));
        assertThat(found).isEmpty();
    }

    @Test
    void wouldBeCaughtWithAWordInIt() {
        assertThat(words("planted", "<p>Welcome</p>")).hasSize(1);
        assertThat(words("planted", "@if(frame.has(\"a.b\"))\n<p>${frame.t(\"a.b\")} now</p>\n@endif")).hasSize(1);
        assertThat(words("planted", "<img src=\"/x.png\" alt=\"A lamp\">")).hasSize(1);
        assertThat(words("planted", "@template.a(x = @`<b>Hidden</b>`, content = @`<p>${x}</p>`)")).hasSize(1);
        assertThat(words("planted", "<p>${frame.t(\"a.b\")} · &nbsp;99+</p>")).isEmpty();
    }

    private static List<String> words(Object template, String text) {
        List<String> found = new ArrayList<>();
        String markup = markupOnly(text);
        Matcher shown = TEXT.matcher(">" + markup + "<");
        while (shown.find()) {
            if (WORD.matcher(shown.group(1).replaceAll("&[a-z]+;", "")).find()) {
                found.add(template + ": " + shown.group(1).strip());
            }
        }
        READ_ALOUD.matcher(markup).results().filter(match -> WORD.matcher(match.group(1)).find())
                .forEach(match -> found.add(template + ": " + match.group()));
        return found;
    }

    /** The template without JTE's own lines, calls and expressions; the content blocks of calls stay, they are shown. */
    private static String markupOnly(String text) {
        String plain = text.replaceAll("(?s)<%--.*?--%>", "").replaceAll("(?m)^@(import|param) .*$", "");
        Scan scan = new Scan(plain);
        scan.markup();
        return scan.shown.toString();
    }

    /** Reads a template the way JTE does: markup holds calls, calls hold arguments, arguments hold markup between backquotes. */
    private static final class Scan {

        private final String text;
        private final StringBuilder shown = new StringBuilder();
        private int at;

        Scan(String text) {
            this.text = text;
        }

        void markup() {
            while (at < text.length() && text.charAt(at) != '`') {
                if (text.startsWith("${", at) || text.startsWith("!{", at)) {
                    at += 2;
                    arguments('{', '}');
                } else if (text.startsWith("$unsafe{", at)) {
                    at += 8;
                    arguments('{', '}');
                } else if (text.charAt(at) == '@' && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1))) {
                    at++;
                    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                        at++;
                    }
                    if (at < text.length() && text.charAt(at) == '(') {
                        at++;
                        arguments('(', ')');
                    }
                } else {
                    shown.append(text.charAt(at++));
                }
            }
        }

        private void arguments(char opens, char closes) {
            int depth = 1;
            while (at < text.length() && depth > 0) {
                char c = text.charAt(at++);
                if (c == '"') {
                    while (at < text.length() && text.charAt(at) != '"') {
                        at += text.charAt(at) == '\\' ? 2 : 1;
                    }
                    at++;
                } else if (c == '\'') {
                    at = text.indexOf('\'', text.charAt(at) == '\\' ? at + 2 : at + 1) + 1;
                } else if (c == '@' && at < text.length() && text.charAt(at) == '`') {
                    at++;
                    shown.append('>');
                    markup();
                    shown.append('<');
                    at++;
                } else if (c == opens) {
                    depth++;
                } else if (c == closes) {
                    depth--;
                }
            }
        }
    }

    private interface Each {
        void look(Path template, String text);
    }

    private static void forEach(Each each) {
        try (Stream<Path> files = Files.walk(TEMPLATES)) {
            files.filter(file -> file.toString().endsWith(".jte")).sorted().forEach(file -> {
                try {
                    each.look(TEMPLATES.relativize(file), Files.readString(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
