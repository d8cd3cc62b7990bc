package io.howdah.audit.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.howdah.audit.AuditExport;
import io.howdah.audit.AuditFilter;
import io.howdah.audit.AuditService;
import io.howdah.shell.ActionMenu;
import io.howdah.shell.Glyph;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Hands out what the filters show, as a file that is made while it is taken; its address works once. */
class ExportMenu extends ActionMenu {

    private static final DateTimeFormatter NOW =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private final transient AuditService audit;
    private final transient Supplier<AuditFilter> filter;

    ExportMenu(AuditService audit, Supplier<AuditFilter> filter) {
        super(face(), t("ui.audit.export"));
        this.audit = audit;
        this.filter = filter;
        for (AuditExport.Format format : AuditExport.Format.values()) {
            String key = "ui.audit.export." + format.name().toLowerCase(Locale.ROOT);
            addAction(Glyph.DOWNLOAD, t(key), () -> hand(format));
        }
    }

    private static Span face() {
        Span face = new Span(Glyph.DOWNLOAD.icon(), new Span(t("ui.audit.export")));
        face.addClassName("with-icon");
        return face;
    }

    private void hand(AuditExport.Format format) {
        AuditExport export = audit.export(filter.get(), format);
        AtomicBoolean taken = new AtomicBoolean();
        String name = "howdah-audit-" + NOW.format(Instant.now()) + "." + format.ending();
        Anchor link = new Anchor((DownloadHandler) event -> write(event, export, name, taken), "");
        link.getElement()
                .setAttribute("download", name)
                .setAttribute("aria-hidden", "true")
                .setAttribute("tabindex", "-1");
        link.addClassName("visually-hidden");
        add(link);
        link.getElement().executeJs("this.click()");
    }

    private void write(DownloadEvent event, AuditExport export, String name, AtomicBoolean taken) throws IOException {
        if (!taken.compareAndSet(false, true)) {
            event.getResponse().setStatus(410);
            return;
        }
        event.setFileName(name);
        event.setContentType(export.format().mediaType());
        event.getResponse().setHeader("Cache-Control", "no-store");
        event.getResponse().setHeader("X-Content-Type-Options", "nosniff");
        audit.write(export, event.getOutputStream());
    }
}
