package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.textfield.NumberField;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.ui.FormDialog;
import io.howdah.server.QuotaKind;
import io.howdah.server.QuotaService;
import io.howdah.server.QuotaView;
import io.howdah.shell.Permitted;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What a team may have of each kind, how much of it is used, and how much is left. */
class QuotaCard extends Section {

    private static final double NEARLY = 0.8;

    private final QuotaService quotas;
    private final UUID teamId;

    QuotaCard(QuotaService quotas, UUID teamId) {
        this.quotas = quotas;
        this.teamId = teamId;
        addClassNames("card", "quota-card");
        refresh();
    }

    final void refresh() {
        QuotaView view = quotas.of(teamId);
        Paragraph text = new Paragraph(t("quota.text"));
        text.addClassName("quiet");
        UnorderedList lines = new UnorderedList();
        lines.addClassName("quota-lines");
        view.lines().forEach(line -> lines.add(row(line)));
        ActionButton change = new ActionButton(t("quota.change"), null, () -> change(view));
        change.addThemeVariants(ButtonVariant.SMALL);
        Permitted.require(change, Permission.QUOTAS_WRITE, Scope.INSTALLATION);
        removeAll();
        add(new H2(t("quota.title")), text, lines, change);
    }

    private static ListItem row(QuotaView.Line line) {
        QuotaKind kind = line.kind();
        String title = kind.label();
        Span name = new Span(title);
        name.addClassName("strong");
        Span words = new Span(words(line));
        Div texts = new Div(name, words);
        texts.addClassName("quota-line");
        ListItem row = new ListItem(texts);
        if (line.limit() != null) {
            ProgressBar bar = new ProgressBar(0, 1, line.part());
            bar.addClassNames("storage-level", tone(line));
            bar.getElement().setAttribute("aria-label", t("quota.bar", title, words(line)));
            row.add(bar);
        }
        return row;
    }

    private static String words(QuotaView.Line line) {
        QuotaKind kind = line.kind();
        String used = kind.text(line.used());
        if (line.limit() == null) {
            return t("quota.noLimit", used);
        }
        return t(
                line.left() < 0 ? "quota.over" : "quota.of",
                used,
                kind.text(line.limit()),
                kind.text(Math.abs(line.left())));
    }

    private static String tone(QuotaView.Line line) {
        return line.part() >= 1 ? "bad" : line.part() >= NEARLY ? "warning" : "good";
    }

    private void change(QuotaView view) {
        Map<QuotaKind, NumberField> fields = new EnumMap<>(QuotaKind.class);
        for (QuotaView.Line line : view.lines()) {
            NumberField field = new NumberField(line.kind().label());
            field.setSuffixComponent(new Span(line.kind().unit()));
            field.setMin(0);
            field.setWidthFull();
            if (line.limit() != null) {
                field.setValue(line.kind().entered(line.limit()));
            }
            fields.put(line.kind(), field);
        }
        Paragraph text = new Paragraph(t("quota.change.text"));
        Dialog dialog = new FormDialog(
                t("quota.change.title", view.teamName()),
                t("quota.save"),
                () -> {
                    quotas.set(teamId, limits(fields));
                    Notification.show(t("quota.saved"));
                    refresh();
                },
                Stream.concat(Stream.of(text), fields.values().stream()).toArray(Component[]::new));
        dialog.open();
    }

    private static Map<QuotaKind, Double> limits(Map<QuotaKind, NumberField> fields) {
        Map<QuotaKind, Double> limits = new EnumMap<>(QuotaKind.class);
        fields.forEach((kind, field) -> {
            if (field.getValue() != null) {
                limits.put(kind, kind.amount(field.getValue()));
            }
        });
        return limits;
    }
}
