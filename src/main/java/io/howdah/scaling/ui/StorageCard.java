package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.textfield.IntegerField;
import io.howdah.scaling.StorageService;
import io.howdah.scaling.StorageView;
import io.howdah.server.Autogrow;
import io.howdah.server.StorageSeen;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Amounts;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** How full a server's storage is and what with, and more of it. */
final class StorageCard extends Section {

    private final StorageService storage;
    private final Consumer<UUID> watcher;
    private final Div level = new Div();
    private final StorageParts parts = new StorageParts();
    private final IntegerField size = new IntegerField(t("storage.grow.size"));
    private final ActionButton grow = new ActionButton(t("storage.grow"), null, this::grow).primary();
    private final AutogrowForm autogrow = new AutogrowForm(this::save);
    private final StorageHistory history = new StorageHistory();
    private final Div problems = new Div();
    private StorageView shown;

    /** @param watcher shows the progress of the operation that was begun */
    StorageCard(StorageService storage, Consumer<UUID> watcher) {
        this.storage = storage;
        this.watcher = watcher;
        addClassNames("card", "storage-card");
        size.setStepButtonsVisible(true);
        size.setManualValidation(true);
        size.setSuffixComponent(new Span(t("server.create.gib")));
        Div line = new Div(size, grow);
        line.addClassName("storage-grow");
        problems.getElement().setAttribute("aria-live", "polite");
        add(new H3(t("storage.title")), level, parts, line, problems, autogrow, history);
    }

    /** @param refusal why nothing can be changed, if so */
    void show(UUID serverId, boolean running, Optional<String> refusal) {
        StorageView now = storage.view(serverId);
        grow.refuse(refusal);
        autogrow.refuse(refusal);
        if (now.equals(shown)) {
            return;
        }
        boolean first =
                shown == null || shown.server().wishedGib() != now.server().wishedGib();
        boolean sameRule = shown != null && shown.autogrow().equals(now.autogrow());
        shown = now;
        showLevel();
        showParts(running);
        if (first) {
            int has = now.server().wishedGib();
            size.setMin(has + 1);
            size.setMax(has + now.roomGib());
            size.setHelperText(t("storage.grow.help", has, now.roomGib()));
            size.setValue(has + Math.max(1, has / 5));
        }
        if (!sameRule) {
            autogrow.show(now.autogrow());
        }
        history.show(now.changes());
    }

    private void showLevel() {
        level.removeAll();
        StorageSeen seen = shown.seen();
        if (seen == null) {
            level.add(quiet(t("storage.unseen", shown.server().storageGib())));
        } else {
            ProgressBar bar = new ProgressBar(0, 100, seen.usedPercent());
            bar.addClassNames("storage-level", tone(seen));
            String words = t(
                    "storage.level",
                    Amounts.bytes(seen.usedBytes()),
                    Amounts.bytes(seen.capacityBytes()),
                    seen.usedPercent());
            bar.getElement().setAttribute("aria-label", words);
            level.add(new Paragraph(words), bar);
            if (seen.readOnlySince() != null) {
                Paragraph full = new Paragraph(t("storage.readOnly"));
                full.addClassName("storage-full");
                full.add(new Span(" ("), new RelativeTime(seen.readOnlySince()), new Span(")"));
                level.add(full);
            }
            boolean softer = shown.capabilities().storageEnforced() && !seen.hard();
            level.add(quiet(
                    seen.hard()
                            ? t("storage.hard")
                            : softer ? t("storage.soft") : shown.capabilities().storageNote()));
        }
        if (shown.server().wishedGib() != shown.server().storageGib()) {
            level.add(quiet(t("scaling.wished", shown.server().wishedGib() + " GiB")));
        }
    }

    private static String tone(StorageSeen seen) {
        if (seen.readOnlySince() != null) {
            return "bad";
        }
        return seen.usedPercent() >= 80 ? "warning" : "good";
    }

    private void showParts(boolean running) {
        if (!running) {
            parts.rest();
            return;
        }
        try {
            parts.show(storage.use(shown.server().id()));
        } catch (ProblemException notNow) {
            parts.rest();
        }
    }

    private static Paragraph quiet(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("quiet");
        return paragraph;
    }

    private void grow() {
        problems.removeAll();
        if (size.getValue() == null) {
            problems.add(new Paragraph(t("server.create.noStorage")));
            return;
        }
        try {
            watcher.accept(storage.grow(shown.server().id(), size.getValue()));
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    private void save(Autogrow rule) {
        problems.removeAll();
        try {
            storage.autogrow(shown.server().id(), rule);
            autogrow.saved();
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }
}
