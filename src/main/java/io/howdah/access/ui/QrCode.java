package io.howdah.access.ui;

import com.vaadin.flow.component.Html;
import com.vaadin.flow.component.html.Div;
import io.nayuki.qrcodegen.QrCode.Ecc;

/** A QR code, drawn as one SVG path within the page; its text goes nowhere else. */
class QrCode extends Div {

    /** Light modules around the code, as the standard asks, so that cameras find it on dark pages too. */
    private static final int QUIET_ZONE = 4;

    QrCode(String text, String label) {
        io.nayuki.qrcodegen.QrCode code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append("M%d,%dh1v1h-1z".formatted(x + QUIET_ZONE, y + QUIET_ZONE));
                }
            }
        }
        int side = code.size + 2 * QUIET_ZONE;
        addClassName("qr-code");
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
        add(new Html(
                "<svg viewBox=\"0 0 %1$d %1$d\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0,0h%1$dv%1$dH0z\"/><path d=\"%2$s\"/></svg>"
                        .formatted(side, path)));
    }
}
