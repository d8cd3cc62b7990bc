package io.howdah;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A person at a browser of their own. Whatever they wait for, they wait for with a deadline. */
final class Visitor implements AutoCloseable {

    /** Generous, since the machine may be busy; a person would wait for three. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final double MILLIS = PATIENCE.toMillis();

    private static final String FOLLOW = """
            path => {
              window.leaving = document.querySelector('main#content')?.lastElementChild;
              window.left = location.href;
              const a = document.createElement('a');
              a.href = path;
              document.body.append(a);
              a.click();
              a.remove();
            }""";

    /** The address of a page may have got its filters meanwhile; the frame of a server's pages stays. */
    private static final String THERE = """
            path => document.querySelector('main#content')?.lastElementChild !== window.leaving
              || (location.href !== window.left && location.pathname.endsWith(path))""";

    private final Installation installation;
    private final BrowserContext context;
    private final Page page;
    private final List<String> addresses = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    Visitor(Installation installation, BrowserContext context) {
        this.installation = installation;
        this.context = context;
        context.setDefaultTimeout(MILLIS);
        context.setDefaultNavigationTimeout(MILLIS);
        context.onRequest(request -> addresses.add(request.url()));
        context.onWebError(
                error -> errors.add(error.error() + " at " + error.page().url()));
        page = context.newPage();
        page.onWebSocket(socket -> addresses.add(socket.url()));
    }

    /** Another tab of the same browser. */
    Visitor tab() {
        return new Visitor(installation, context);
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Every address the browser has asked for, parameters included. */
    List<String> addresses() {
        return addresses;
    }

    /** Uncaught errors of scripts. */
    List<String> errors() {
        return errors;
    }

    void go(String path) {
        page.navigate(installation.address(path));
    }

    /** Begins to follow a link, as the portal's own do: without loading everything again. */
    void leaveFor(String path) {
        page.evaluate(FOLLOW, "/" + path);
    }

    void arriveAt(String path) {
        page.waitForFunction(THERE, "/" + path);
        awaitCalm();
    }

    /** Signs in, unless they still are. */
    void signIn(String name, String password) {
        go("sign-in");
        Locator inside = page.locator("main#content");
        await(inside.or(button("Sign in")).first());
        if (!inside.isVisible()) {
            fill("Sign-in name", name);
            fill("Password", password);
            press("Sign in");
        }
        await(inside);
    }

    void fill(String label, String text) {
        Locator field = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                .locator("visible=true");
        field.fill(text);
        field.blur();
    }

    Locator button(String name) {
        return page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .locator("visible=true");
    }

    void press(String name) {
        button(name).click();
    }

    Locator radio(String name) {
        return page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(name));
    }

    /** Text that stands in a dialog that is open. */
    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG)
                .or(page.getByRole(AriaRole.ALERTDIALOG))
                .last();
    }

    /** The host of a dialog has no size of its own, so a dialog is known to be open by what stands in it. */
    Locator buttonInDialog(String name) {
        // A menu's popover calls itself a dialog too, and stays about for a while when it has been closed.
        return page.getByRole(AriaRole.DIALOG)
                .or(page.getByRole(AriaRole.ALERTDIALOG))
                .and(page.locator(":not(vaadin-popover)"))
                .last()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    void pressInDialog(String name) {
        buttonInDialog(name).click();
    }

    void awaitText(String text) {
        await(page.getByText(text).locator("visible=true").first());
    }

    static void await(Locator locator) {
        assertThat(locator).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(MILLIS));
    }

    static void awaitText(Locator locator, String text) {
        assertThat(locator).containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(MILLIS));
    }

    /** Waits until the browser is at this page, whatever its parameters. */
    void awaitPath(String path) {
        String wanted = installation.address(path);
        page.waitForURL(
                address -> address.split("[?#]")[0].equals(wanted),
                new Page.WaitForURLOptions().setWaitUntil(WaitUntilState.COMMIT));
    }

    /** Fills the page that makes a server of the smallest size and leaves it before its last press. */
    String fillServer(String name) {
        go("servers/create");
        fill("Server name", name);
        fill("Administrator login", "dbadmin");
        fill("First database", "orders");
        press("Generate password");
        String password = copyField("Generated password");
        page.getByLabel("I have stored it").check();
        page.locator("vaadin-radio-button", new Page.LocatorOptions().setHasText("H0.25"))
                .click();
        fill("Storage", "1");
        awaitText("Everything is there.");
        return password;
    }

    /** Makes a server and waits until it is ready; returns its administrator's password. */
    String createServer(String name) {
        String password = fillServer(name);
        press("Create");
        awaitText("Your server is ready.");
        return password;
    }

    /** Waits until nothing is being loaded, drawn or moved any more. */
    void awaitCalm() {
        page.waitForFunction("() => window.Vaadin?.Flow?.clients"
                + " && Object.values(Vaadin.Flow.clients).every(each => !each.isActive?.())"
                + " && !document.querySelector('vaadin-grid[loading]')"
                + " && document.getAnimations().every(each => each.playState !== 'running'"
                + " || each.effect.getComputedTiming().iterations === Infinity)");
    }

    /** What the copy field with this label holds. */
    String copyField(String label) {
        Locator field = page.locator(".copy-field")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".copy-field-label")
                                .getByText(label, new Locator.GetByTextOptions().setExact(true))));
        await(field);
        return field.locator("code").innerText();
    }

    @Override
    public void close() {
        context.close();
    }
}
