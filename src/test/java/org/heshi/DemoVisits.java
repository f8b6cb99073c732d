package org.heshi;

import com.microsoft.playwright.Page;
import java.util.UUID;
import org.heshi.Browser.Visit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;

/** Those who walk through the demo county in browsers of one width: strangers, the printed people, and who comes back with number and code. */
public record DemoVisits(int port, int width, boolean scripts) {

    /** What a resident keeps, as the page shows it. */
    public record Receipt(String number, String code) {

        public static Receipt on(Page page) {
            return new Receipt(page.innerText("[data-number]"), page.innerText("[data-code]"));
        }
    }

    public Visit stranger() {
        return (width == 360 ? Browser.visit(port).narrow() : Browser.visit(port).wide()).withScripts(scripts).open();
    }

    public Visit staff(String name) {
        return stranger().signedIn(name, DemoTest.PASSWORD);
    }

    public Visit staff(String name, UUID post) {
        return staff(name).in(post);
    }

    public Visit entering(Receipt receipt) {
        Visit visit = stranger();
        Page page = visit.go("/follow");
        page.fill("#number", receipt.number());
        page.fill("#code", receipt.code());
        page.click("main button[type=submit]");
        return visit;
    }

    /** Presses the button that does what the form is for. */
    public static void send(Page page) {
        page.click("main form .actions .btn-primary");
    }

    /** A village of the town from which the printed people of the demo come. */
    public static Division village(Divisions divisions) {
        Division town = divisions.children("330681").stream().filter(place -> place.name().equals("枫桥镇")).findFirst().orElseThrow();
        return divisions.children(town.code()).stream().filter(place -> place.name().startsWith("枫源")).findFirst().orElseThrow();
    }
}
