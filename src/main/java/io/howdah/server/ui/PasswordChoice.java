package io.howdah.server.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.howdah.shared.Problem;
import io.howdah.shell.CopyField;
import io.howdah.shell.Glyph;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The administrator's password: a generated one, which is offered first and must be stored before it can be used since
 * nobody can show it again, or one's own.
 */
final class PasswordChoice extends Div {

    private enum Way {
        GENERATED,
        OWN
    }

    private final RadioButtonGroup<Way> way = new RadioButtonGroup<>(t("server.password.label"));
    private final Supplier<String> generator;
    private final Div generatedPart = new Div();
    private final Button generate = new Button(t("server.password.generate"), Glyph.KEY_ROUND.icon());
    private final Div revealed = new Div();
    private final CopyField shown = new CopyField(t("server.password.generated"), "");
    private final Checkbox stored = new Checkbox(t("server.password.stored"));
    private final Div missing = new Div();
    private final PasswordField own = new PasswordField(t("server.password.own"));
    private final FieldCheck ownCheck;
    private Runnable changed = () -> {};
    private String generated;

    /**
     * @param check finds what is wrong with a password
     * @param fileName of the file in which the password can be stored
     */
    PasswordChoice(Supplier<String> generator, Function<String, Optional<Problem>> check, Supplier<String> fileName) {
        this.generator = generator;
        addClassName("password-choice");
        way.setItems(Way.GENERATED, Way.OWN);
        way.setItemLabelGenerator(
                item -> t(item == Way.OWN ? "server.password.wayOwn" : "server.password.wayGenerated"));
        way.setValue(Way.GENERATED);
        way.addValueChangeListener(event -> showWay());
        generate.addClickListener(event -> generateNow());
        Anchor download = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    event.getResponse().setHeader("Cache-Control", "no-store");
                    byte[] content = (generated + "\n").getBytes(StandardCharsets.UTF_8);
                    return new DownloadResponse(
                            new ByteArrayInputStream(content), fileName.get(), "text/plain", content.length);
                }),
                t("server.password.download"));
        download.getElement().setAttribute("download", true);
        download.getElement().addEventListener("click", event -> stored.setValue(true));
        Paragraph once = new Paragraph(t("server.password.once"));
        once.addClassName("quiet");
        revealed.add(shown, once, download, stored);
        revealed.addClassName("password-revealed");
        revealed.setVisible(false);
        stored.addValueChangeListener(event -> {
            missing.setVisible(false);
            changed.run();
        });
        missing.addClassName("field-error");
        missing.getElement().setAttribute("role", "alert");
        missing.setVisible(false);
        generatedPart.add(generate, revealed, missing);
        generatedPart.addClassName("password-generated");
        own.setAutocomplete(Autocomplete.NEW_PASSWORD);
        own.setHelperText(t("server.password.rules"));
        own.setWidthFull();
        ownCheck = new FieldCheck(own, check);
        own.addValueChangeListener(event -> changed.run());
        add(way, generatedPart, own);
        showWay();
    }

    void onChange(Runnable listener) {
        changed = listener;
    }

    /** The login has changed, which the rules for one's own password look at. */
    void checkAgain() {
        if (way.getValue() == Way.OWN && !own.isEmpty()) {
            ownCheck.passes();
        }
    }

    boolean ready() {
        return way.getValue() == Way.OWN ? ownCheck.wouldPass() : generated != null && stored.getValue();
    }

    /** Checks and shows what is missing. */
    boolean passes() {
        if (way.getValue() == Way.OWN) {
            return ownCheck.passes();
        }
        missing.setText(t(generated == null ? "server.password.notGenerated" : "server.password.notStored"));
        missing.setVisible(!ready());
        return ready();
    }

    String password() {
        return way.getValue() == Way.OWN ? own.getValue() : generated;
    }

    /** Shows a finding of the service, e.g. about the length. */
    void show(Problem problem) {
        if (way.getValue() == Way.OWN) {
            ownCheck.show(problem);
        } else {
            missing.setText(told(problem).inWords());
            missing.setVisible(true);
        }
    }

    void focus() {
        if (way.getValue() == Way.OWN) {
            own.focus();
        } else if (generated == null) {
            generate.focus();
        } else {
            stored.focus();
        }
    }

    /** Forgets the password, also on the screen. */
    void forget() {
        generated = null;
        shown.setValue("");
        own.clear();
        own.setInvalid(false);
        stored.setValue(false);
        revealed.setVisible(false);
        generate.setText(t("server.password.generate"));
    }

    private void generateNow() {
        generated = generator.get();
        shown.setValue(generated);
        stored.setValue(false);
        missing.setVisible(false);
        revealed.setVisible(true);
        generate.setText(t("server.password.again"));
        changed.run();
    }

    private void showWay() {
        boolean wantsOwn = way.getValue() == Way.OWN;
        own.setVisible(wantsOwn);
        generatedPart.setVisible(!wantsOwn);
        changed.run();
    }
}
