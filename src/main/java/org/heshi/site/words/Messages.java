package org.heshi.site.words;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.AbstractMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * All messages of all rooms, read once: {@code messages/<room>_zh_CN.properties} and {@code messages/<room>_en.properties}, UTF-8.
 * A key stands in one room only; the program does not start when two rooms use the same.
 */
public final class Messages extends AbstractMessageSource {

    public static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;
    public static final Locale ENGLISH = Locale.ENGLISH;

    private final Map<String, String> chinese = new HashMap<>();
    private final Map<String, String> english = new HashMap<>();
    private final Map<String, MessageFormat> chineseFormats = new ConcurrentHashMap<>();
    private final Map<String, MessageFormat> englishFormats = new ConcurrentHashMap<>();

    public Messages(ResourcePatternResolver resources) {
        try {
            for (Resource resource : resources.getResources("classpath*:messages/*.properties")) {
                String name = resource.getFilename();
                if (name != null && name.endsWith("_zh_CN.properties")) {
                    read(resource, chinese);
                } else if (name != null && name.endsWith("_en.properties")) {
                    read(resource, english);
                } else {
                    throw new IllegalStateException("a messages file is named <room>_zh_CN.properties or <room>_en.properties: " + name);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the messages could not be read", e);
        }
    }

    /** The one of the two languages that serves a reader who asked for this one: English for English, else Chinese. */
    public static Locale nearest(Locale asked) {
        return ENGLISH.getLanguage().equals(asked.getLanguage()) ? ENGLISH : CHINESE;
    }

    public boolean has(String key) {
        return chinese.containsKey(key);
    }

    public Set<String> keys(Locale locale) {
        return Set.copyOf(texts(locale).keySet());
    }

    @Override
    protected @Nullable String resolveCodeWithoutArguments(String code, Locale locale) {
        return texts(locale).get(code);
    }

    @Override
    protected @Nullable MessageFormat resolveCode(String code, Locale locale) {
        String text = texts(locale).get(code);
        if (text == null) {
            return null;
        }
        Locale nearest = nearest(locale);
        return (nearest == ENGLISH ? englishFormats : chineseFormats).computeIfAbsent(code, _ -> new MessageFormat(text, nearest));
    }

    private Map<String, String> texts(Locale locale) {
        return nearest(locale) == ENGLISH ? english : chinese;
    }

    private static void read(Resource resource, Map<String, String> into) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(resource.getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        for (String key : properties.stringPropertyNames()) {
            if (into.put(key, properties.getProperty(key)) != null) {
                throw new IllegalStateException("two rooms have the message " + key + ", the second is " + resource.getFilename());
            }
        }
    }
}
