package org.heshi.identity.signin;

/** What is kept of a refused sign-in: the name, and where to go afterwards; never the password. */
public record SignInForm(String name, String to) {
}
