package org.heshi.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.directory.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class PagesInTheBrowserTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areGoodForEverybodyOnATelephone(boolean scripts) {
        try (var visit = Browser.visit(port).narrow().withScripts(scripts).open()) {
            visitPublicPages(visit, "");
        }
    }

    @Test
    void areGoodForEverybodyInAnOffice() {
        try (var visit = Browser.visit(port).wide().open()) {
            visitPublicPages(visit, "");
        }
    }

    @Test
    void areGoodInEnglish() {
        try (var visit = Browser.visit(port).narrow().inEnglish().open()) {
            visitPublicPages(visit, "-en");
        }
        try (var visit = Browser.visit(port).wide().inEnglish().open()) {
            visitPublicPages(visit, "-en");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areGoodForStaff(boolean scripts) {
        People people = new People(context);
        People.Somebody clerk = people.with(Role.WINDOW_CLERK, Role.ADMINISTRATOR);
        people.anotherPost(clerk, Role.SUPERVISOR);
        for (var size : new Browser.Setup[] {Browser.visit(port).narrow(), Browser.visit(port).wide()}) {
            try (var visit = size.withScripts(scripts).open()) {
                visit.signedInAs(clerk);
                visit.go("/password");
                visit.check("password");
                visit.page().fill("#current", "wrong");
                visit.page().fill("#password", "short");
                visit.page().fill("#again", "shorter");
                visit.page().click("main button[type=submit]");
                visit.check("password-refused");
                visit.page().click(".drop > summary");
                assertThat(visit.page().isVisible(".drop-in a[href='/posts']")).isTrue();
                visit.take("person-menu");
                visit.page().click(".drop-in a[href='/posts']");
                visit.check("posts");
                visit.go("/nothing-here");
                visit.check("not-found");
            }
        }
    }

    @Test
    void canBeWalkedWithTheKeyboardAlone() {
        try (var visit = Browser.visit(port).wide().open()) {
            visit.go("/sign-in");
            visit.page().keyboard().press("Tab");
            assertThat(visit.page().evaluate("() => document.activeElement.className")).isEqualTo("skip");
            visit.page().keyboard().press("Enter");
            visit.page().keyboard().press("Tab");
            assertThat(visit.page().evaluate("() => document.activeElement.id")).isEqualTo("name");
        }
    }

    private static void visitPublicPages(Browser.Visit visit, String suffix) {
        visit.go("/");
        visit.check("home" + suffix);
        visit.go("/help");
        visit.check("help" + suffix);
        visit.go("/sign-in?to=/password");
        visit.check("sign-in" + suffix);
        visit.page().fill("#name", "nobody-there");
        visit.page().fill("#password", "wrong");
        visit.page().click("main button[type=submit]");
        visit.check("sign-in-refused" + suffix);
        visit.go("/report/nothing-here");
        visit.check("missing" + suffix);
    }
}
