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

    /** The template without JTE's own lines, calls and expressions. */
    private static String markupOnly(String text) {
        StringBuilder markup = new StringBuilder();
        String plain = text.replaceAll("(?s)<%--.*?--%>", "").replaceAll("(?m)^@(import|param) .*$", "");
        int at = 0;
        while (at < plain.length()) {
            char c = plain.charAt(at);
            if (c == '$' && plain.startsWith("${", at) || c == '!' && plain.startsWith("!{", at)) {
                at = closing(plain, at + 1, '{', '}');
            } else if (c == '$' && plain.startsWith("$unsafe{", at)) {
                at = closing(plain, at + 7, '{', '}');
            } else if (c == '@' && plain.startsWith("@`", at)) {
                // A content block that stands in a call is markup again.
                at += 2;
            } else if (c == '`') {
                at++;
            } else if (c == '@' && at + 1 < plain.length() && Character.isLetter(plain.charAt(at + 1))) {
                int name = at + 1;
                while (name < plain.length() && (Character.isLetterOrDigit(plain.charAt(name)) || plain.charAt(name) == '.')) {
                    name++;
                }
                if (name < plain.length() && plain.charAt(name) == '(') {
                    int end = closing(plain, name, '(', ')');
                    // Of a call only its content blocks are shown.
                    Matcher block = Pattern.compile("(?s)@`(.*)`").matcher(plain.substring(name, end));
                    if (block.find()) {
                        markup.append(markupOnly(block.group(1)));
                    }
                    at = end;
                } else {
                    at = name;
                }
            } else {
                markup.append(c);
                at++;
            }
        }
        return markup.toString();
    }

    private static int closing(String text, int open, char opens, char closes) {
        int depth = 0;
        boolean quoted = false;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && text.charAt(i - 1) != '\\' && opens != '(') {
                quoted = !quoted;
            } else if (!quoted && c == opens) {
                depth++;
            } else if (!quoted && c == closes && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
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
