package io.howdah.audit.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.audit.AuditService;
import io.howdah.audit.SealView;
import io.howdah.audit.Verdict;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks through the whole log while somebody watches, and offers the checkpoints to be kept elsewhere. */
class VerifyDialog extends Dialog {

    private static final Logger LOG = Logger.getLogger(VerifyDialog.class.getName());
    private static final long SHOWN_EVERY_NANOS = 300_000_000;
    private static final String FILE = "howdah-audit-checkpoints.jsonl";

    private final transient AuditService audit;
    private final Paragraph words = new Paragraph(t("ui.audit.verify.running"));
    private final ProgressBar bar = new ProgressBar();
    private final Div outcome = new Div();

    VerifyDialog(AuditService audit) {
        super(t("ui.audit.verify.title"));
        this.audit = audit;
        addClassName("confirm");
        bar.getElement().setAttribute("aria-label", t("ui.audit.verify.progress"));
        outcome.getElement().setAttribute("role", "status");
        Div body = new Div(new Paragraph(t("ui.audit.verify.what")), words, bar, outcome, checkpoints());
        body.addClassName("confirm-body");
        add(body);
        getFooter().add(new Button(t("ui.audit.verify.close"), event -> close()));
    }

    /** Opens it and begins. */
    void begin(UI ui, Executor executor) {
        open();
        long size = audit.size();
        Caller caller = Callers.current();
        executor.execute(() -> Callers.as(caller, () -> run(ui, size)));
    }

    private void run(UI ui, long size) {
        long[] shown = {System.nanoTime()};
        try {
            Verdict verdict = audit.verify(number -> {
                if (System.nanoTime() - shown[0] > SHOWN_EVERY_NANOS) {
                    shown[0] = System.nanoTime();
                    ui.access(() -> {
                        bar.setValue(Math.min(1, (double) number / Math.max(1, size)));
                        words.setText(t("ui.audit.verify.so", number, size));
                    });
                }
            });
            ui.access(() -> show(verdict));
        } catch (ProblemException refused) {
            ui.access(() -> show(refused.problem()));
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "looking through the audit log failed", e);
            ui.access(() -> show(Problem.of(ProblemCode.Internal)));
        }
    }

    private void show(Verdict verdict) {
        words.setVisible(false);
        bar.setVisible(false);
        outcome.add(new VerdictBadge(verdict.whole()), new Paragraph(verdict.words()));
        if (!verdict.whole()) {
            outcome.add(new Paragraph(t("ui.audit.verify.hint")));
        }
    }

    private void show(Problem problem) {
        words.setVisible(false);
        bar.setVisible(false);
        outcome.add(new ProblemNotice(problem));
    }

    private Div checkpoints() {
        List<SealView> seals = audit.checkpoints();
        if (seals.isEmpty()) {
            return new Div(new Paragraph(t("ui.audit.checkpoints.none")));
        }
        SealView newest = seals.get(seals.size() - 1);
        Paragraph last = new Paragraph(t("ui.audit.checkpoints.newest", newest.number(), newest.recordNumber()));
        last.add(new Text(" "), new RelativeTime(newest.at()));
        Anchor download = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    byte[] lines = audit.exportCheckpoints().getBytes(StandardCharsets.UTF_8);
                    return new DownloadResponse(
                            new ByteArrayInputStream(lines), FILE, "application/x-ndjson", lines.length);
                }),
                t("ui.audit.checkpoints.download"));
        download.getElement().setAttribute("download", FILE);
        return new Div(last, download);
    }
}
