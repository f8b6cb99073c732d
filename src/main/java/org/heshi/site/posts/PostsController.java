package org.heshi.site.posts;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.identity.Accounts;
import org.heshi.identity.SignedIn;
import org.heshi.identity.StaffSession;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For people with several posts: in which one they act. */
@Controller
@ConditionalOnWebApplication
class PostsController {

    private final Directory directory;
    private final Accounts accounts;
    private final InstantSource clock;

    PostsController(Directory directory, Accounts accounts, InstantSource clock) {
        this.directory = directory;
        this.accounts = accounts;
        this.clock = clock;
    }

    @GetMapping("/posts")
    String posts(Model model) {
        SignedIn who = who();
        model.addAttribute("posts", directory.heldPosts(who.person(), clock.instant()));
        model.addAttribute("ended", who.post() == null);
        return "site/posts/page";
    }

    @PostMapping("/posts")
    String choose(@RequestParam UUID post, HttpServletRequest request, HttpServletResponse response) {
        SignedIn who = who();
        HeldPost held = directory.findHeldPost(who.person(), post, clock.instant())
                .orElseThrow(() -> new NoSuchElementException("not a post of this person"));
        StaffSession.choose(request, response, new SignedIn(who.person(), held.post()));
        accounts.rememberPost(who.person(), held.post());
        return "redirect:/queue";
    }

    private static SignedIn who() {
        return SignedIn.current().orElseThrow(() -> new IllegalStateException("nobody is signed in here"));
    }
}
