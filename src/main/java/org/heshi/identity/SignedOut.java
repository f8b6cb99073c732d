package org.heshi.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/** Is told that somebody signed out by themselves, before the visit ends. */
public interface SignedOut {

    void signedOut(UUID person, HttpServletRequest request);
}
