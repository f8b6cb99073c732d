package org.heshi.site.frame;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Addresses of style, script and pictures that change when their content does. */
@Component
@ConditionalOnWebApplication
class Assets {

    private final ResourceUrlProvider provider;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Assets(ResourceUrlProvider provider) {
        this.provider = provider;
    }

    String address(String path) {
        return known.computeIfAbsent(path, asked -> {
            String found = provider.getForLookupPath(asked);
            if (found == null) {
                throw new IllegalStateException("there is no such asset: " + asked);
            }
            return found;
        });
    }
}
