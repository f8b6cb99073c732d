package org.heshi;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chromium for tests of pages, started once and shared. Each visit is a browser of its own (cookies, size, scripts on or off):
 *
 * <pre>{@code
 * try (Browser.Visit visit = Browser.visit(port).narrow().withoutScripts().open()) {
 *     visit.page().navigate(visit.address("/"));
 *     visit.check("home");          // axe finds nothing, nothing is wider than the screen
 * }
 * }</pre>
 *
 * Pictures go to {@code target/screenshots}, of pages that are wrong always, of all with {@code -Dheshi.pictures=true} and in the full run; those that {@link Visit#show} takes are for the documents and go with
 * {@code -Dheshi.screenshots=true} to {@code docs/screenshots}.
 */
public final class Browser {

    private static final List<String> FLAGS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync");
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /** A picture costs as much as half of what is asked of the page: without being told to, only of what is wrong. */
    static final boolean PICTURES = Boolean.getBoolean("heshi.pictures") || Boolean.getBoolean("heshi.screenshots") || Boolean.getBoolean("heshi.full");

    private static final boolean FULL = Boolean.getBoolean("heshi.full");
    /** An empty file for each that was judged in this run, by whichever of its processes. */
    private static final Path JUDGED = Path.of("target", "judged", ProcessHandle.current().parent()
            .map(run -> run.pid() + "-" + run.info().startInstant().map(Instant::toEpochMilli).orElse(0L)).orElse("0"));

    /** What axe judges by: every element with its attributes, but for addresses, numbers, dates and what was typed; of words only whether there are any. */
    private static final String SHAPE = """
            () => {
              const plain = value => value.replace(/[0-9a-f-]{8,}|[0-9]+/gi, '0');
              const told = /^(href|src|value|action|content|nonce|datetime|title|alt|aria-label|placeholder|d|points|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height|viewBox)$/;
              const parts = [document.documentElement.lang];
              const walk = node => {
                if (node.nodeType === Node.TEXT_NODE) { if (node.data.trim()) { parts.push('w'); } return; }
                if (node.nodeType !== Node.ELEMENT_NODE || /^(SCRIPT|STYLE|META|LINK)$/.test(node.tagName)) { return; }
                parts.push('<' + node.tagName);
                for (const name of node.getAttributeNames()) {
                  const value = node.getAttribute(name);
                  parts.push(name + '=' + (told.test(name) ? Boolean(value.trim()) : plain(value)));
                }
                for (let child = node.firstChild; child; child = child.nextSibling) { walk(child); }
                parts.push('>');
              };
              walk(document.documentElement);
              const text = parts.join(' ');
              let a = 5381, b = 52711;
              for (let i = 0; i < text.length; i++) { const c = text.charCodeAt(i); a = Math.imul(a, 33) ^ c; b = Math.imul(b, 31) + c | 0; }
              return text.length + '-' + (a >>> 0) + '-' + (b >>> 0);
            }""";

    /** Of every element what the contrast of its words hangs on: the way down to it, colours, size and weight, and whether it shows words at all. */
    private static final String COLOURS = """
            () => {
              const keys = [], known = new Map();
              for (const e of document.body.querySelectorAll('*')) {
                const s = getComputedStyle(e);
                const words = [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim().length > 1) || Boolean(e.value || e.placeholder);
                const own = [known.get(e.parentElement), e.tagName, e.className.baseVal ?? e.className, s.color, s.backgroundColor, s.backgroundImage, s.fontSize, s.fontWeight, s.opacity,
                  s.position, s.textShadow, words, e.checkVisibility(), e.disabled ?? e.control?.disabled, e.getAttribute('aria-disabled')].join(' ');
                let a = 5381, b = 52711;
                for (let i = 0; i < own.length; i++) { const c = own.charCodeAt(i); a = Math.imul(a, 33) ^ c; b = Math.imul(b, 31) + c | 0; }
                const key = (a >>> 0).toString(36) + (b >>> 0).toString(36);
                known.set(e, key);
                keys.push(key);
              }
              return keys.join(' ');
            }""";

    /** Axe looks at everything, and at the contrast of what is new. */
    private static final String JUDGE = """
            async ([tags, old]) => {
              const elements = document.body.querySelectorAll('*');
              old.forEach(i => elements[i].setAttribute('data-judged', ''));
              if (old.length > 0) { axe.configure({rules: [{id: 'color-contrast', selector: '*:not([data-judged])'}]}); }
              try {
                const found = await axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}});
                return found.violations.map(rule => '\\n- ' + rule.id + ' (' + rule.impact + '): ' + rule.help + rule.nodes.map(node =>
                  '\\n    ' + node.target + '  ' + node.html.replace(/\\s+/g, ' ') + '\\n      ' + node.failureSummary.replace(/\\s+/g, ' ')).join('')).join('');
              } finally {
                old.forEach(i => elements[i].removeAttribute('data-judged'));
              }
            }""";

    /** What was judged by this process, and by the others of the run as far as their file was read. */
    private static final Set<String> COLOURED = ConcurrentHashMap.newKeySet();
    private static final Path COLOURED_BY_ALL = JUDGED.resolve("colours");
    private static long colouredRead;

    private Browser() {
    }

    private static final class Axe {

        private static final String SCRIPT = read();

        private static String read() {
            try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
                return new String(script.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Started by the first test that needs it; ends with the tests. Playwright works on one thread at a time: hold the lock. */
    private static final class Chromium {

        private static final com.microsoft.playwright.Browser RUNNING = start();

        private static com.microsoft.playwright.Browser start() {
            Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            com.microsoft.playwright.Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(program()).setArgs(FLAGS));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            return browser;
        }
    }

    /** The same engine without windows where it is there: a browser of one's own costs a third. */
    private static Path program() {
        Path shell = Path.of("/usr/bin/chromium-headless-shell");
        return Path.of(System.getProperty("heshi.chromium", Files.isExecutable(shell) ? shell.toString() : "/usr/bin/chromium"));
    }

    public static Setup visit(int port) {
        return new Setup(port, 1280, 900, true, "zh-CN");
    }

    /** What kind of browser it is. */
    public record Setup(int port, int width, int height, boolean scripts, String language) {

        /** A small telephone. */
        public Setup narrow() {
            return new Setup(port, 360, 740, scripts, language);
        }

        /** An office screen. */
        public Setup wide() {
            return new Setup(port, 1280, 900, scripts, language);
        }

        public Setup withScripts(boolean on) {
            return new Setup(port, width, height, on, language);
        }

        public Setup withoutScripts() {
            return withScripts(false);
        }

        public Setup inEnglish() {
            return new Setup(port, width, height, scripts, "en-GB");
        }

        public Visit open() {
            return new Visit(this);
        }
    }

    /** One browser with its cookies. */
    public static final class Visit implements AutoCloseable {

        private final Setup setup;
        private final BrowserContext context;
        private final Page page;
        private final Page patient;
        private final List<String> complaints = new ArrayList<>();

        private Visit(Setup setup) {
            this.setup = setup;
            context = Chromium.RUNNING.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                    .setViewportSize(setup.width(), setup.height()).setJavaScriptEnabled(setup.scripts()).setLocale(setup.language())
                    .setTimezoneId("Asia/Shanghai").setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE));
            context.setDefaultTimeout(15_000);
            page = context.newPage();
            patient = patient(page);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") && message.text().contains("Content Security Policy")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
        }

        /** The page as somebody sees it who waits until it is there: what is clicked has an address before its document has ended, and half a page can be read. */
        public Page page() {
            return patient;
        }

        private static Page patient(Page page) {
            return (Page) Proxy.newProxyInstance(Page.class.getClassLoader(), new Class<?>[] {Page.class}, (self, method, arguments) -> {
                if (!page.isClosed()) {
                    page.waitForLoadState();
                }
                try {
                    return method.invoke(page, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }

        /** What only the tools for developers can do with the page, an authenticator without a hand among them. */
        public CDPSession developerTools() {
            return context.newCDPSession(page);
        }

        public String address(String path) {
            return "http://127.0.0.1:" + setup.port() + path;
        }

        /** Opens a page of the program. */
        public Page go(String path) {
            page.navigate(address(path));
            return patient;
        }

        public Visit signedInAs(People.Somebody somebody) {
            return signedIn(somebody.name(), People.PASSWORD);
        }

        public Visit signedIn(String name, String password) {
            go("/sign-in");
            page.fill("#name", name);
            page.fill("#password", password);
            page.click("main button[type=submit]");
            if (patient.url().contains("/sign-in")) {
                throw new AssertionError("sign-in was refused: " + patient.innerText("main"));
            }
            return this;
        }

        /** At work in this post, for who has several: other tests give the demo's people posts besides. */
        public Visit in(UUID post) {
            go("/posts");
            String change = "form:has(input[value='" + post + "']) button";
            // the post that they worked in last is theirs already
            if (patient.locator(change).count() > 0) {
                patient.click(change);
            }
            return this;
        }

        /**
         * Everything that is asked of every page: axe finds nothing (24 px targets and the order of headings included), nothing is wider than the screen,
         * and the browser had nothing to complain about.
         *
         * @param picture name of the picture that is taken when it is wrong, and in runs with pictures; the width is added
         */
        public void check(String picture) {
            page.waitForLoadState();
            if (PICTURES) {
                take(picture);
            }
            try {
                accessible();
                fits();
                if (!complaints.isEmpty()) {
                    throw new AssertionError(page.url() + ": the browser complained:\n" + String.join("\n", complaints));
                }
            } catch (AssertionError e) {
                take(picture);
                throw e;
            }
        }

        /** As {@link #check}, and the picture is one that the documents show. */
        public void show(String picture) {
            show(picture, "html");
        }

        /** As {@link #show(String)}, from the top of the first such element on: what counts stands far down on a telephone. */
        public void show(String picture, String from) {
            patient.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");
            if (Boolean.getBoolean("heshi.screenshots")) {
                double top = page.locator(from).first().boundingBox().y;
                double left = ((Number) page.evaluate("() => document.documentElement.scrollHeight")).doubleValue() - top;
                take(Path.of("docs/screenshots"), picture, new Page.ScreenshotOptions().setFullPage(true)
                        .setClip(0, top, setup.width(), Math.min(left, setup.width() < 500 ? 1_600 : 1_100)));
            }
            check(picture);
        }

        /**
         * Axe finds nothing against WCAG 2.2 AA. Where scripts are off in the page it is looked at in a browser with the same markup. The same elements at the
         * same width, with other words in them, are judged once: journeys pass many pages again and again. The full run judges each of them.
         */
        public void accessible() {
            if (FULL) {
                judged();
                return;
            }
            Path shape = JUDGED.resolve(setup.width() + (setup.scripts() ? "-scripts-" : "-plain-") + page.evaluate(SHAPE));
            try {
                Files.createDirectories(JUDGED);
                Files.createFile(shape);
            } catch (FileAlreadyExistsException _) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try {
                judged();
            } catch (AssertionError e) {
                // wrong for the next one too
                shape.toFile().delete();
                throw e;
            }
        }

        private void judged() {
            if (setup.scripts()) {
                accessible(page);
                return;
            }
            // Axe is a script: the same markup is judged in a browser that runs it.
            String markup = page.content();
            try (Visit twin = new Visit(setup.withScripts(true))) {
                twin.page.route("**/*", route -> {
                    if (route.request().isNavigationRequest()) {
                        route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setContentType("text/html; charset=utf-8").setBody(markup));
                    } else {
                        route.resume();
                    }
                });
                twin.page.navigate(page.url());
                accessible(twin.page);
            }
        }

        /**
         * What is asked of the elements and of how they stand to one another is asked of them all; the contrast of words, which takes most of the time, once in a run of what looks
         * the same and stands in the same: of one row of a table that has forty. The full run asks it of each.
         */
        private void accessible(Page page) {
            page.evaluate(Axe.SCRIPT);
            List<Integer> old = new ArrayList<>();
            List<String> fresh = new ArrayList<>();
            if (!FULL) {
                readColoured();
                String[] keys = ((String) page.evaluate(COLOURS)).split(" ");
                for (int i = 0; i < keys.length; i++) {
                    String key = setup.width() + " " + keys[i];
                    if (COLOURED.add(key)) {
                        fresh.add(key);
                    } else {
                        old.add(i);
                    }
                }
            }
            // in the page itself and with what is wrong only: no page here has frames of others, and the places of what is right cost as much again
            String found = (String) page.evaluate(JUDGE, List.of(WCAG, old));
            if (!found.isEmpty()) {
                // wrong for the next one too
                fresh.forEach(COLOURED::remove);
                throw new AssertionError(page.url() + ": axe found" + found);
            }
            if (!fresh.isEmpty()) {
                tellColoured(fresh);
            }
        }

        private static void readColoured() {
            try (FileChannel file = FileChannel.open(COLOURED_BY_ALL, StandardOpenOption.READ)) {
                ByteBuffer more = ByteBuffer.allocate((int) (file.size() - colouredRead));
                file.read(more, colouredRead);
                String lines = new String(more.array(), 0, more.position(), StandardCharsets.US_ASCII);
                // another may be writing the last one
                String whole = lines.substring(0, lines.lastIndexOf('\n') + 1);
                whole.lines().forEach(COLOURED::add);
                colouredRead += whole.length();
            } catch (NoSuchFileException _) {
                // nobody has judged anything yet
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void tellColoured(List<String> fresh) {
            try {
                Files.createDirectories(JUDGED);
                Files.writeString(COLOURED_BY_ALL, String.join("\n", fresh) + "\n", StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Nothing makes the page scroll sideways. */
        public void fits() {
            Object tooWide = page.evaluate("""
                    () => {
                      const width = document.documentElement.clientWidth;
                      if (document.documentElement.scrollWidth <= width) { return ''; }
                      const inner = element => { for (let e = element.parentElement; e; e = e.parentElement) {
                        if (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX)) { return true; } } return false; };
                      return [...document.body.querySelectorAll('*')]
                        .filter(e => e.getBoundingClientRect().right > width + 1 && !inner(e))
                        .map(e => e.outerHTML.slice(0, 120)).slice(0, 8).join('\\n') || 'the document itself';
                    }""");
            if (!"".equals(tooWide)) {
                throw new AssertionError(page.url() + " is wider than " + setup.width() + " px:\n" + tooWide);
            }
        }

        /** Takes a picture of the whole page. */
        public void take(String picture) {
            take(Path.of("target/screenshots"), picture, new Page.ScreenshotOptions().setFullPage(true));
        }

        private void take(Path folder, String picture, Page.ScreenshotOptions how) {
            page.screenshot(how.setPath(folder.resolve(picture + "-" + setup.width() + ".png")));
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
