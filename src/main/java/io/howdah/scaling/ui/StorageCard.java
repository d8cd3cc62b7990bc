package io.howdah.scaling.ui;

import static io.howdah.shared.Retold.told;
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
import io.howdah.shell.Confirm;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How full a server's storage is and what with, and more of it. */
final class StorageCard extends Section {

    private final StorageService storage;
    private final Consumer<UUID> watcher;
    private final Div level = new Div();
    private final StorageParts parts = new StorageParts();
    private final IntegerField size = new IntegerField(t("storage.grow.size"));
    private final ActionButton change = new ActionButton(t("storage.grow"), null, this::change).primary();
    private final FormerDisk former;
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
        size.addValueChangeListener(event -> change.setText(t(less() ? "storage.shrink" : "storage.grow")));
        former = new FormerDisk(storage, watcher);
        Div line = new Div(size, change);
        line.addClassName("storage-grow");
        problems.getElement().setAttribute("aria-live", "polite");
        add(new H3(t("storage.title")), level, former, parts, line, problems, autogrow, history);
    }

    /** @param refusal why nothing can be changed, if so */
    void show(UUID serverId, boolean running, Optional<String> refusal) {
        StorageView now = storage.view(serverId);
        change.refuse(refusal);
        autogrow.refuse(refusal);
        former.show(now.server(), now.former(), refusal);
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
            size.setValue(has + Math.max(1, has / 5));
        }
        bound(now);
        if (!sameRule) {
            autogrow.show(now.autogrow());
        }
        history.show(now.changes());
    }

    private void bound(StorageView now) {
        int has = now.server().wishedGib();
        size.setMin(now.leastGib());
        size.setMax(has + now.roomGib());
        size.setHelperText(
                now.leastGib() < has
                        ? t("storage.grow.help", has, has + now.roomGib(), now.leastGib())
                        : t("storage.grow.help.only", has, has + now.roomGib()));
    }

    private boolean less() {
        return shown != null
                && size.getValue() != null
                && size.getValue() < shown.server().wishedGib();
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
                            : softer
                                    ? t("storage.soft")
                                    : told(shown.capabilities().storageNote())));
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

    private void change() {
        problems.removeAll();
        if (size.getValue() == null) {
            problems.add(new Paragraph(t("server.create.noStorage")));
            return;
        }
        UUID server = shown.server().id();
        int wanted = size.getValue();
        if (!less()) {
            begin(() -> storage.grow(server, wanted));
            return;
        }
        storage.checkLess(server, wanted)
                .ifPresentOrElse(
                        problem -> problems.add(new ProblemNotice(problem)), () -> askToShrink(server, wanted));
    }

    private void askToShrink(UUID server, int wanted) {
        boolean hard = shown.seen() != null && shown.seen().hard();
        Div text = new Div(new Paragraph(t(hard ? "storage.shrink.text" : "storage.shrink.soft")));
        if (hard) {
            text.add(new Paragraph(t("storage.shrink.kept", shown.keptDays())));
        }
        Confirm.ask(
                t("storage.shrink.title", wanted),
                text,
                t("storage.shrink"),
                () -> watcher.accept(storage.shrink(server, wanted)));
    }

    private void begin(Supplier<UUID> change) {
        try {
            watcher.accept(change.get());
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
