package org.heshi.mediation.sign;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Refusal;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters.Evidence;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** The picture of a signature as a form brings it: written on the screen, or a photo. */
@Component
class HandSigned {

    /** Name of the field, in forms and in the procedure. */
    static final String FIELD = "signature";
    private static final int UPLOADS_AN_HOUR = 120;

    private final EvidenceStore files;
    private final Throttle throttle;

    HandSigned(EvidenceStore files, Throttle throttle) {
        this.files = files;
        this.throttle = throttle;
    }

    /**
     * What the form sends.
     *
     * @param text      digest of the text that they read
     * @param drawn     what the script drew, as a data address; empty without one
     * @param signature a photo of a signature
     * @param kept      a signature that an earlier try brought
     */
    record Sent(String text, boolean read, String drawn, String kept, boolean drop, List<MultipartFile> signature, String key) {

        static Sent of(HttpServletRequest request) {
            List<MultipartFile> files = request instanceof MultipartHttpServletRequest multipart
                    ? multipart.getFiles(FIELD).stream().filter(file -> !file.isEmpty()).toList() : List.of();
            String key = value(request, "key");
            return new Sent(value(request, "text"), value(request, "read").equals("true"), value(request, "drawn"), value(request, "kept"),
                    value(request, "drop").equals("true"), files, key.matches("[A-Za-z0-9-]{8,64}") ? key : UUID.randomUUID().toString());
        }

        private static String value(HttpServletRequest request, String name) {
            return Optional.ofNullable(request.getParameter(name)).orElse("");
        }
    }

    /**
     * What was written now goes before a photo, and a photo before what an earlier try brought.
     *
     * @param required whether nobody may sign without one
     */
    List<Evidence> picture(Sent sent, boolean required, List<Refusal> refusals, HttpServletRequest request) {
        HandDrawn drawn = HandDrawn.of(sent.drawn(), FIELD);
        boolean uploads = drawn instanceof HandDrawn.Picture || !sent.signature().isEmpty();
        if (uploads && !throttle.tryTake("upload", ClientAddress.of(request), UPLOADS_AN_HOUR, Duration.ofHours(1))) {
            refusals.add(Refusal.at(FIELD, "form-files-later"));
            return List.of();
        }
        try {
            return switch (drawn) {
                case HandDrawn.Picture(byte[] png) -> kept("signature.png", png.length, new ByteArrayInputStream(png), refusals);
                case HandDrawn.Refused(Refusal refusal) -> {
                    refusals.add(refusal);
                    yield List.of();
                }
                case HandDrawn.Nothing _ -> {
                    if (sent.signature().size() > 1) {
                        refusals.add(Refusal.at(FIELD, "signing-one-picture"));
                        yield List.of();
                    }
                    if (!sent.signature().isEmpty()) {
                        MultipartFile file = sent.signature().getFirst();
                        try (InputStream bytes = file.getInputStream()) {
                            yield kept(Optional.ofNullable(file.getOriginalFilename()).orElse("signature"), file.getSize(), bytes, refusals);
                        }
                    }
                    List<Evidence> before = sent.drop() ? List.of() : Ids.find(sent.kept()).map(id -> files.kept(List.of(id))).orElse(List.of());
                    if (required && before.isEmpty()) {
                        refusals.add(Refusal.at(FIELD, "signature-missing"));
                    }
                    yield before;
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException("a signature could not be read or kept", e);
        }
    }

    private List<Evidence> kept(String name, long size, InputStream bytes, List<Refusal> refusals) throws IOException {
        return switch (files.keep(name, size, bytes)) {
            case EvidenceStore.Kept.Done(Evidence evidence) -> List.of(evidence);
            case EvidenceStore.Kept.Refused(Refusal refusal) -> {
                refusals.add(new Refusal(refusal.code(), FIELD, refusal.arguments()));
                yield List.of();
            }
        };
    }
}
