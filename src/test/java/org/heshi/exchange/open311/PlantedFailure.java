package org.heshi.exchange.open311;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Something inside that fails when it is told to. */
@Component
class PlantedFailure implements WebMvcConfigurer {

    static final String PARAMETER = "planted-failure";

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                if ("on".equals(request.getParameter(PARAMETER))) {
                    throw new IllegalStateException("planted with words of a resident");
                }
                return true;
            }
        }).addPathPatterns("/open311/**");
    }
}
