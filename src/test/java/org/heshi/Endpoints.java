package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every address of the program, found in its mappings: a page that is added is attacked without being named anywhere. */
final class Endpoints {

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)[^}]*}");

    /** @param parameters those that its handler names; forms that read others by a procedure are not seen here */
    record Endpoint(RequestMethod method, String pattern, List<String> parameters) {

        boolean reads() {
            return method == RequestMethod.GET;
        }

        /** The address with its variables filled by name; those without a filler are filled with 1. */
        String path(Map<String, String> fillers) {
            Matcher variables = VARIABLE.matcher(pattern);
            StringBuilder path = new StringBuilder();
            while (variables.find()) {
                variables.appendReplacement(path, Matcher.quoteReplacement(fillers.getOrDefault(variables.group(1), "1")));
            }
            return variables.appendTail(path).toString();
        }

        boolean hasVariable() {
            return pattern.contains("{");
        }
    }

    private Endpoints() {
    }

    static List<Endpoint> of(RequestMappingHandlerMapping mapping) {
        List<Endpoint> all = new ArrayList<>();
        mapping.getHandlerMethods().forEach((info, handler) -> {
            boolean planted = handler.getBeanType().getProtectionDomain().getCodeSource().getLocation().getPath().contains("test-classes");
            if (!handler.getBeanType().getPackageName().startsWith("org.heshi") || planted) {
                return;
            }
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String pattern : info.getPatternValues()) {
                for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                    all.add(new Endpoint(method, pattern, parameters(handler)));
                }
            }
        });
        all.sort(Comparator.comparing(Endpoint::pattern).thenComparing(Endpoint::method));
        assertThat(all).hasSizeGreaterThan(100);
        return all;
    }

    private static List<String> parameters(HandlerMethod handler) {
        Set<String> names = new LinkedHashSet<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
            if (asked != null) {
                parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
                names.add(asked.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : asked.name());
            } else if (parameter.getParameterType().isRecord() && parameter.getParameterType().getSimpleName().endsWith("Form")) {
                for (var component : parameter.getParameterType().getRecordComponents()) {
                    names.add(component.getName());
                }
            }
        }
        return List.copyOf(names);
    }
}
