package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.howdah.backup.Download;
import io.howdah.backup.DownloadService;
import io.howdah.server.ui.Amounts;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands a large file to the browser as it is made, and shows how far it is. Its address belongs to this page of this session
 * and works once.
 */
public final class DownloadDialog extends Dialog {

    private static final int PIECE = 64 * 1024;
    private static final long SHOWN_EVERY_NANOS = 500_000_000;

    private final transient DownloadService downloads;
    private final transient Download download;
    private final long about;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Paragraph words = new Paragraph(t("download.preparing"));
    private final ProgressBar bar = new ProgressBar();
    private final Div problems = new Div();
    private final Button cancel = new Button(t("download.cancel"), event -> cancel());
    private final Button close = new Button(t("download.close"), event -> close());
    private transient volatile InputStream source;
    private volatile boolean cancelled;

    private DownloadDialog(DownloadService downloads, Download download, long about) {
        super(t("download.title", download.fileName()));
        this.downloads = downloads;
        this.download = download;
        this.about = about;
        addClassName("confirm");
        bar.setIndeterminate(true);
        bar.getElement().setAttribute("aria-label", t("download.progress"));
        words.getElement().setAttribute("role", "status");
        Div body = new Div(
                new Paragraph(t(download.database() == null ? "download.backup.text" : "download.dump.text")),
                words,
                bar,
                problems);
        body.addClassName("confirm-body");
        Anchor link = new Anchor((DownloadHandler) this::hand, "");
        link.getElement().setAttribute("download", download.fileName());
        link.addClassName("visually-hidden");
        link.getElement().setAttribute("tabindex", "-1").setAttribute("aria-hidden", "true");
        add(body, link);
        close.setVisible(false);
        getFooter().add(cancel, close);
        setCloseOnOutsideClick(false);
        setCloseOnEsc(false);
        addOpenedChangeListener(event -> {
            if (event.isOpened()) {
                link.getElement().executeJs("this.click()");
            }
        });
    }

    /** @param about how large the file will be, roughly, or 0 when nobody knows */
    public static void open(DownloadService downloads, Download download, long about) {
        new DownloadDialog(downloads, download, about).open();
    }

    private void cancel() {
        cancelled = true;
        cancel.setEnabled(false);
        InputStream open = source;
        if (open != null) {
            // It may wait for a program to end.
            Thread.ofVirtual().start(() -> end(open));
        }
    }

    private static void end(InputStream open) {
        try {
            open.close();
        } catch (IOException e) {
            return;
        }
    }

    /** Whoever leaves the page goes on downloading; whoever never began leaves nothing behind. */
    @Override
    protected void onDetach(DetachEvent event) {
        super.onDetach(event);
        if (!begun.get()) {
            cancelled = true;
        }
    }

    private void hand(DownloadEvent event) throws IOException {
        if (cancelled || !begun.compareAndSet(false, true)) {
            event.getResponse().setStatus(410);
            return;
        }
        UI ui = event.getUI();
        long[] handed = {0};
        Download.End how = Download.End.FAILED;
        try {
            source = downloads.open(download);
            event.setFileName(download.fileName());
            event.setContentType("application/octet-stream");
            event.getResponse().setHeader("Cache-Control", "no-store");
            event.getResponse().setHeader("X-Content-Type-Options", "nosniff");
            copy(event.getOutputStream(), handed, ui);
            how = Download.End.FINISHED;
        } catch (ProblemException refused) {
            event.getResponse().setStatus(500);
            ui.access(() -> problems.add(new ProblemNotice(refused.problem())));
        } catch (Gone browser) {
            how = Download.End.CANCELLED;
        } catch (IOException failed) {
            how = cancelled ? Download.End.CANCELLED : Download.End.FAILED;
            if (handed[0] > 0) {
                // Only an error keeps the browser from taking half a file for a whole one.
                throw failed;
            }
            event.getResponse().setStatus(500);
        } finally {
            if (source != null) {
                end(source);
            }
            downloads.ended(download, handed[0], how);
            Download.End end = how;
            ui.access(() -> ended(end, handed[0]));
        }
    }

    /** The browser takes no more. */
    private static final class Gone extends IOException {
        private static final long serialVersionUID = 1L;

        private Gone(IOException cause) {
            super(cause);
        }
    }

    private void copy(OutputStream to, long[] handed, UI ui) throws IOException {
        byte[] piece = new byte[PIECE];
        long shown = System.nanoTime();
        for (int some = source.read(piece); some >= 0; some = source.read(piece)) {
            try {
                to.write(piece, 0, some);
            } catch (IOException e) {
                throw new Gone(e);
            }
            handed[0] += some;
            if (cancelled) {
                throw new IOException("cancelled");
            }
            if (System.nanoTime() - shown > SHOWN_EVERY_NANOS) {
                shown = System.nanoTime();
                long now = handed[0];
                ui.access(() -> show(now));
            }
        }
        to.flush();
    }

    private void show(long bytes) {
        if (about == 0) {
            words.setText(t("download.bytes", Amounts.bytes(bytes)));
            return;
        }
        String of = download.database() == null ? "download.bytesOf" : "download.bytesOfDatabase";
        words.setText(t(of, Amounts.bytes(bytes), Amounts.bytes(about)));
        bar.setIndeterminate(false);
        bar.setValue(Math.min(0.99, (double) bytes / about));
    }

    private void ended(Download.End how, long bytes) {
        words.setText(
                switch (how) {
                    case FINISHED -> t("download.finished", Amounts.bytes(bytes));
                    case CANCELLED -> t("download.cancelled");
                    case FAILED -> t("download.failed");
                });
        bar.setVisible(false);
        cancel.setVisible(false);
        close.setVisible(true);
        close.focus();
        setCloseOnEsc(true);
    }
}
