package org.heshi.site.frame;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.Locale;
import org.heshi.kernel.FooterNote;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.UnreadNotices;
import org.heshi.site.Frame;
import org.heshi.site.words.Messages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the frame into the model of every page. */
@ControllerAdvice
@ConditionalOnWebApplication
class FrameAdvice {

    private final Furniture furniture;

    FrameAdvice(Messages messages, ObjectProvider<MenuItem> menu, ObjectProvider<FooterNote> notes, ObjectProvider<UnreadNotices> unread, Assets assets,
            @Value("${heshi.strict-messages:false}") boolean strict) {
        furniture = new Furniture(messages, menu.stream().sorted(Comparator.comparingInt(MenuItem::order)).toList(), notes.stream().toList(),
                unread.getIfAvailable(() -> (_, _) -> 0), assets, strict);
    }

    @ModelAttribute("frame")
    Frame frame(HttpServletRequest request, Locale locale) {
        return new RequestFrame(request, furniture, locale);
    }
}
