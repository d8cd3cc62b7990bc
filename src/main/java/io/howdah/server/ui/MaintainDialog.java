package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.checkbox.CheckboxGroupVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.Maintenance;
import io.howdah.server.DatabaseService;
import io.howdah.server.ServerView;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shell.Confirm;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/** Asks what upkeep to do to which databases, and begins it. */
final class MaintainDialog {

    private static final Duration LONG_ENOUGH = Duration.ofHours(6);

    private final DatabaseService databases;
    private final ServerView server;
    private final RadioButtonGroup<Maintenance.Kind> kind = new RadioButtonGroup<>(t("server.databases.maintain.kind"));
    private final CheckboxGroup<String> chosen = new CheckboxGroup<>(t("server.databases.maintain.databases"));
    private final List<String> all;

    MaintainDialog(DatabaseService databases, ServerView server, List<DatabaseInfo> there) {
        this.databases = databases;
        this.server = server;
        all = there.stream().map(DatabaseInfo::name).toList();
        kind.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
        kind.setItems(Maintenance.Kind.values());
        kind.setItemLabelGenerator(
                choice -> t("server.databases.maintain.kind." + choice.name().toLowerCase(Locale.ROOT)));
        kind.setValue(Maintenance.Kind.VACUUM_ANALYZE);
        chosen.addThemeVariants(CheckboxGroupVariant.LUMO_VERTICAL);
        chosen.setItems(all);
        chosen.setValue(new LinkedHashSet<>(all));
        chosen.setRequiredIndicatorVisible(true);
    }

    /** @param begun receives the operation's id */
    void open(Consumer<UUID> begun) {
        Div form = new Div(new Paragraph(t("server.databases.maintain.text")), kind, chosen);
        form.addClassName("form-fields");
        Confirm.ask(
                t("server.databases.maintain.title", server.name()),
                form,
                t("server.databases.maintain.begin"),
                () -> begun.accept(databases.maintain(server.id(), work())));
    }

    private Maintenance work() {
        List<String> wanted = all.stream().filter(chosen.getValue()::contains).toList();
        if (wanted.isEmpty()) {
            throw Problem.of(ProblemCode.Required, t("server.databases.maintain.databases"))
                    .at("databases")
                    .raise();
        }
        return new Maintenance(kind.getValue(), wanted.equals(all) ? List.of() : wanted, LONG_ENOUGH);
    }
}
