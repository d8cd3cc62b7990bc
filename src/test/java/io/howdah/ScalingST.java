package io.howdah;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person gives a server another size and sees beforehand and afterwards what it means. Each step builds on the one before. */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(2)
class ScalingST {

    private static final String SERVER = "sized-db";
    private static final String COMPUTE = "servers/" + SERVER + "/compute";

    private Visitor ada;

    @BeforeAll
    void makeAServer(Installation installation) {
        ada = installation.administrator();
        ada.createServer(SERVER);
    }

    @AfterAll
    void closeTheBrowser() {
        ada.close();
    }

    private void choose(String size) {
        ada.page()
                .locator("vaadin-radio-button", new Page.LocatorOptions().setHasText(size))
                .locator("visible=true")
                .first()
                .click();
    }

    private Locator row(String setting) {
        return ada.page().locator(".scale-table tr", new Page.LocatorOptions().setHasText(setting));
    }

    @Test
    @Order(1)
    void beforeItIsAppliedItSaysWhatItChanges() {
        ada.go(COMPUTE);
        ada.awaitText("Choose another size to see what it changes.");
        ada.awaitText("The size has not been changed yet.");
        choose("H0.5");
        Visitor.awaitText(row("max_connections"), "4050");
        Visitor.awaitText(row("shared_buffers"), "64 MB128 MB");
        ada.awaitText("PostgreSQL is restarted behind the paused pooler.");
        ada.awaitText("this server has not been measured yet");
    }

    @Test
    @Order(2)
    void afterwardsTheReceiptSaysHowLongClientsWaited() {
        ada.press("Change to H0.5");
        ada.awaitText("H0.25 → H0.5");
        Visitor.awaitText(ada.page().locator(".operation-slot"), "Change size");
        Visitor.awaitText(ada.page().locator(".scale-history"), "clients waited ");
        ada.page().locator(".scale-history a").first().click();
        ada.awaitText("Clients of the pooled endpoint waited");
    }

    @Test
    @Order(3)
    void theNextOneIsForetoldFromIt() {
        ada.go(COMPUTE);
        choose("H0.25");
        ada.awaitText("the median of this server's last changes");
    }

    @Test
    @Order(4)
    void storageGrowsAndTheReceiptStaysOnThePage() {
        ada.go(COMPUTE);
        ada.awaitText("Database orders");
        ada.fill("New size", "2");
        ada.press("Grow");
        ada.awaitText("1 GiB → 2 GiB");
        ada.page().locator(".storage-history a").first().click();
        ada.awaitText("storage               1 GiB → 2 GiB");
    }

    @Test
    @Order(5)
    void andShrinksAgainWithTheDiskBeforeKept() {
        ada.go(COMPUTE);
        ada.fill("New size", "1");
        ada.press("Shrink");
        Visitor.awaitText(ada.dialog(), "Shrink the storage to 1 GiB?");
        ada.pressInDialog("Shrink");
        ada.awaitText("2 GiB → 1 GiB");
    }
}
