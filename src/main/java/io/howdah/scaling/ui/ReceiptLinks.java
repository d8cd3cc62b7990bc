package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.howdah.scaling.Receipt;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** The receipt of a change of size, to be taken away. */
final class ReceiptLinks extends Div {

    ReceiptLinks(Receipt receipt) {
        addClassNames("words", "row-actions");
        add(
                link(t("scaling.receipt.json"), receipt, ".json", "application/json", receipt.json()),
                link(t("scaling.receipt.csv"), receipt, ".csv", "text/csv", receipt.csv()));
    }

    private static Anchor link(String text, Receipt receipt, String ending, String type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String name = receipt.server() + "-" + receipt.sizeBefore() + "-" + receipt.sizeAfter() + ending;
        return new Anchor(
                DownloadHandler.fromInputStream(
                        event -> new DownloadResponse(new ByteArrayInputStream(bytes), name, type, bytes.length)),
                text);
    }
}
