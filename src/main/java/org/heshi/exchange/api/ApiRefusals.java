package org.heshi.exchange.api;

import org.heshi.access.Problems;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@RestControllerAdvice(basePackageClasses = ApiRefusals.class)
@ConditionalOnWebApplication
class ApiRefusals {

    @ExceptionHandler(NotSo.class)
    ResponseEntity<?> notSo(NotSo why) {
        return Problems.of(why.status(), why.code(), String.valueOf(why.getMessage()));
    }
}
