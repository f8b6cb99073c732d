package org.heshi.documents.check;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.kernel.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Anybody may ask whether a file is a paper of this house. Nothing of it is kept. */
@Controller
class CheckController {

    private static final long MOST_MEGABYTES = 150;
    private static final int TRIES = 30;
    private static final Duration IN = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] BEGINNING = {'%', 'P', 'D', 'F', '-'};

    private final Checking checking;
    private final Throttle throttle;
    /** Reading a large file costs a second of a processor: others have work to do. */
    private final Semaphore atOnce = new Semaphore(1, true);

    CheckController(Checking checking, Throttle throttle) {
        this.checking = checking;
        this.throttle = throttle;
    }

    @GetMapping("/papers/check")
    ModelAndView ask() {
        return shown(HttpStatus.OK, Optional.empty(), List.of());
    }

    @PostMapping("/papers/check")
    ModelAndView check(@RequestParam(required = false) MultipartFile file, HttpServletRequest request) throws IOException, InterruptedException {
        if (file == null || file.isEmpty()) {
            return refused(Refusal.at("file", "paper-check-none"));
        }
        if (file.getSize() > MOST_MEGABYTES * 1024 * 1024) {
            return refused(Refusal.at("file", "paper-check-too-big", MOST_MEGABYTES));
        }
        try (var in = file.getInputStream()) {
            if (!Arrays.equals(in.readNBytes(BEGINNING.length), BEGINNING)) {
                return refused(Refusal.at("file", "paper-check-no-pdf"));
            }
        }
        if (!throttle.tryTake("paper-check", ClientAddress.of(request), TRIES, IN)) {
            return refused(Refusal.of("paper-check-wait", IN.toMinutes()));
        }
        if (!atOnce.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return refused(Refusal.of("paper-check-busy"));
        }
        try {
            return shown(HttpStatus.OK, Optional.of(checking.check(file::getInputStream, file.getSize())), List.of());
        } finally {
            atOnce.release();
        }
    }

    private static ModelAndView refused(Refusal refusal) {
        return shown(HttpStatus.UNPROCESSABLE_CONTENT, Optional.empty(), List.of(refusal));
    }

    private static ModelAndView shown(HttpStatus status, Optional<Verdict> verdict, List<Refusal> refusals) {
        ModelAndView shown = new ModelAndView("documents/check/page", Map.of("verdict", verdict, "refusals", refusals));
        shown.setStatus(status);
        return shown;
    }
}
