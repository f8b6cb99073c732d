package org.heshi.documents.render;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The stamp for numbers of pages, made when it is first needed. */
@Component
public class Stamps {

    private final Fonts fonts;
    private @Nullable PageStamp made;

    Stamps(Fonts fonts) {
        this.fonts = fonts;
    }

    public synchronized PageStamp pages() {
        if (made == null) {
            made = new PageStamp(fonts);
        }
        return made;
    }
}
