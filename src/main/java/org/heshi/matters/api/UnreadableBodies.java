package org.heshi.matters.api;

import org.heshi.access.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What a program sent that is no JSON object. */
@RestControllerAdvice(basePackageClasses = MattersApi.class)
class UnreadableBodies {

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<?> unreadable() {
        return Problems.of(HttpStatus.BAD_REQUEST, "body", "the body is no JSON object of fields");
    }

    @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
    ResponseEntity<?> anotherType() {
        return Problems.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media-type", "application/json is taken here");
    }
}
