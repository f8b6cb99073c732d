package org.heshi.mediation.sheet;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A file that a browser saves and does not show. */
public final class Download {

    private Download() {
    }

    public static ResponseEntity<byte[]> of(String filename, String type, byte[] bytes) {
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(type))
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(filename).build().toString()).body(bytes);
    }
}
