package io.howdah.access.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.shell.Texts;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A field for a password to be, with a word on how good it is. The word is advice; the service has the rules.
 */
class NewPassword extends Div {

    /** How hard it is to guess, by length and variety. */
    enum Strength {
        NONE,
        WEAK,
        FAIR,
        STRONG
    }

    private final PasswordField field;
    private final Span advice = new Span();
    private final Supplier<String> signInName;

    /** @param signInName which the password must not contain; asked for when needed, as it may be typed meanwhile */
    NewPassword(String label, Supplier<String> signInName) {
        this.signInName = signInName;
        addClassName("new-password");
        field = new PasswordField(label);
        field.setAutocomplete(Autocomplete.NEW_PASSWORD);
        field.setHelperText(Texts.t("ui.password.help"));
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(200);
        field.setWidthFull();
        advice.getElement().setAttribute("role", "status");
        // Always there, as tall as its words: what is below must not move away from under a click.
        advice.addClassName("password-advice");
        field.addValueChangeListener(event -> advise());
        add(field, advice);
        advise();
    }

    String value() {
        return field.getValue();
    }

    void clear() {
        field.clear();
    }

    void focus() {
        field.focus();
    }

    private void advise() {
        Strength strength = strength(field.getValue(), signInName.get());
        String word = strength.name().toLowerCase(Locale.ROOT);
        advice.getElement().setAttribute("strength", word);
        advice.setText(strength == Strength.NONE ? "" : Texts.t("ui.password." + word));
    }

    static Strength strength(String password, String signInName) {
        if (password.isEmpty()) {
            return Strength.NONE;
        }
        boolean containsName = signInName.length() > 2
                && password.toLowerCase(Locale.ROOT).contains(signInName.toLowerCase(Locale.ROOT));
        long distinct = password.chars().distinct().count();
        if (password.length() < 12 || distinct < 6 || containsName) {
            return Strength.WEAK;
        }
        return password.length() >= 16 && distinct >= 9 ? Strength.STRONG : Strength.FAIR;
    }
}
