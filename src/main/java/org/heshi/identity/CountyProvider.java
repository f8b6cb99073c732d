package org.heshi.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The county's own sign-in (OpenID Connect), as far as others must know of it. */
public interface CountyProvider {

    /** Scheme, host and port of its pages, to which forms here may lead; none when there is no such provider. */
    Optional<String> origin();

    /** Where this visit is ended there too; none when it did not begin there, or the provider ends none. Ask before the visit here ends. */
    Optional<String> endAddress(HttpServletRequest request);
}
