package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.access.ProjectView;
import io.howdah.engine.EngineVersion;
import io.howdah.server.ServerService;
import io.howdah.shared.Problem;
import java.util.List;
import java.util.Optional;

/** What a server is called, whose it is, its version, and how its administrator signs in. */
final class BasicsSection extends CreateSection {

    private final TextField name = new TextField(t("server.create.name"));
    private final Select<ProjectView> project = new Select<>();
    private final RadioButtonGroup<EngineVersion> version = new RadioButtonGroup<>(t("server.create.version"));
    private final TextField login = new TextField(t("server.create.login"));
    private final TextField database = new TextField(t("server.create.database"));
    private final FieldCheck nameCheck;
    private final FieldCheck loginCheck;
    private final FieldCheck databaseCheck;
    private final PasswordChoice password;

    BasicsSection(
            ServerService servers,
            List<EngineVersion> versions,
            List<ProjectView> places,
            PresetChoice presets,
            Runnable changed) {
        super("basics", t("server.create.basics"), null);
        nameCheck = new FieldCheck(name, servers::checkName);
        loginCheck = new FieldCheck(login, servers::checkLogin);
        databaseCheck =
                new FieldCheck(database, value -> value.isBlank() ? Optional.empty() : servers.checkDatabase(value));
        password = new PasswordChoice(
                () -> servers.generatePassword(login.getValue()),
                value -> servers.checkPassword(value, login.getValue()),
                () -> t("server.password.file", name.isEmpty() ? t("server.create.server") : name.getValue()));
        name.setRequiredIndicatorVisible(true);
        name.setHelperText(t("server.create.nameHelp"));
        name.setAutofocus(true);
        plain(name);
        name.addValueChangeListener(event -> {
            name.setHelperText(
                    event.getValue().isEmpty() || name.isInvalid()
                            ? t("server.create.nameHelp")
                            : t("server.create.nameFree", event.getValue()));
            changed.run();
        });
        boolean severalTeams =
                places.stream().map(ProjectView::teamId).distinct().count() > 1;
        project.setLabel(t("server.create.project"));
        project.setItems(places);
        project.setItemLabelGenerator(one -> severalTeams ? one.teamName() + " / " + one.name() : one.name());
        places.stream().findFirst().ifPresent(project::setValue);
        project.setVisible(places.size() > 1);
        project.addValueChangeListener(event -> changed.run());
        version.setItems(versions);
        version.setItemLabelGenerator(one -> t("server.create.versionOf", Integer.toString(one.major()), one.full()));
        versions.stream().findFirst().ifPresent(version::setValue);
        version.addValueChangeListener(event -> changed.run());
        login.setRequiredIndicatorVisible(true);
        login.setHelperText(t("server.create.loginHelp"));
        plain(login);
        login.addValueChangeListener(event -> {
            password.checkAgain();
            changed.run();
        });
        password.onChange(changed);
        database.setHelperText(t("server.create.databaseHelp"));
        plain(database);
        database.addValueChangeListener(event -> changed.run());
        Div fields = new Div(name, project);
        fields.addClassName("field-grid");
        Div administrator = new Div(login, database);
        administrator.addClassName("field-grid");
        add(
                new H3(t("server.preset.label")),
                presets,
                fields,
                version,
                new H3(t("server.create.administrator")),
                administrator,
                password);
    }

    private static void plain(TextField field) {
        field.setAutocomplete(Autocomplete.OFF);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.getElement().setAttribute("spellcheck", "false");
        field.getElement().setAttribute("autocapitalize", "off");
    }

    String name() {
        return name.getValue();
    }

    Optional<ProjectView> project() {
        return Optional.ofNullable(project.getValue());
    }

    Optional<EngineVersion> version() {
        return Optional.ofNullable(version.getValue());
    }

    String login() {
        return login.getValue();
    }

    String database() {
        return database.getValue().strip();
    }

    String password() {
        return password.password();
    }

    boolean nameReady() {
        return !name.isEmpty() && !name.isInvalid();
    }

    boolean loginReady() {
        return !login.isEmpty() && !login.isInvalid();
    }

    boolean passwordReady() {
        return password.ready();
    }

    void focus() {
        name.focus();
    }

    /** Checks everything and goes to the first field that is wrong. */
    boolean passes() {
        boolean nameGood = nameCheck.passes();
        boolean loginGood = loginCheck.passes();
        boolean databaseGood = databaseCheck.passes();
        boolean passwordGood = password.passes();
        if (!nameGood) {
            nameCheck.focus();
        } else if (!loginGood) {
            loginCheck.focus();
        } else if (!databaseGood) {
            databaseCheck.focus();
        } else if (!passwordGood) {
            password.focus();
        }
        return nameGood && loginGood && databaseGood && passwordGood;
    }

    /** Shows the problem at its field; false when it belongs to none of these. */
    boolean show(Problem problem) {
        switch (problem.field()) {
            case "name" -> {
                nameCheck.show(problem);
                nameCheck.focus();
            }
            case "administratorLogin" -> {
                loginCheck.show(problem);
                loginCheck.focus();
            }
            case "administratorPassword" -> {
                password.show(problem);
                password.focus();
            }
            case "database" -> {
                databaseCheck.show(problem);
                databaseCheck.focus();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    void forgetPassword() {
        password.forget();
    }
}
