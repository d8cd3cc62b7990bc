package io.howdah.shell;

import com.vaadin.cdi.annotation.VaadinServiceEnabled;
import com.vaadin.cdi.annotation.VaadinServiceScoped;
import com.vaadin.flow.i18n.I18NProvider;
import io.howdah.shared.Language;
import io.howdah.shared.Messages;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Gives Vaadin the texts of the messages bundle. */
@VaadinServiceEnabled
@VaadinServiceScoped
public class MessagesI18nProvider implements I18NProvider {

    @Override
    public List<Locale> getProvidedLocales() {
        return Arrays.stream(Language.values()).map(Language::region).toList();
    }

    @Override
    public String getTranslation(String key, Locale locale, Object... arguments) {
        return Messages.text(Language.of(locale).orElse(Language.ENGLISH), key, arguments);
    }
}
