package org.heshi.exchange.api;

import org.springframework.http.HttpStatus;

/** What a program asked cannot be asked so. @see ApiRefusals */
public final class NotSo extends RuntimeException {

    private final HttpStatus status;
    private final String code;

    NotSo(HttpStatus status, String code, String title) {
        super(title);
        this.status = status;
        this.code = code;
    }

    static NotSo bad(String code, String title) {
        return new NotSo(HttpStatus.BAD_REQUEST, code, title);
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }
}
