package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.shared.Problem;
import io.howdah.shell.Glyph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The networks that clients may come from, besides the host itself. */
final class NetworksField extends Div {

    private final TextField field = new TextField(t("server.networks.label"));
    private final FieldCheck check;
    private final UnorderedList list = new UnorderedList();
    private final List<String> networks = new ArrayList<>();
    private final Runnable changed;

    /** @param ownAddress the address the person's browser comes from, or null when it is not known */
    NetworksField(Function<String, Optional<Problem>> checker, String ownAddress, Runnable changed) {
        this.changed = changed;
        addClassName("networks");
        check = new FieldCheck(field, value -> value.isBlank() ? Optional.empty() : checker.apply(value.strip()));
        field.setPlaceholder(t("server.networks.placeholder"));
        field.setHelperText(t("server.networks.help"));
        field.addKeyPressListener(Key.ENTER, event -> addTyped());
        Button add = new Button(t("server.networks.add"), Glyph.PLUS.icon(), event -> addTyped());
        ActionButton mine =
                new ActionButton(t("server.networks.addMine"), Glyph.LINK, () -> addNetwork(ownAddress)).quiet();
        mine.refuse(
                ownAddress == null
                        ? Optional.of(t("server.networks.mineUnknown"))
                        : loopback(ownAddress) ? Optional.of(t("server.networks.mineLocal")) : Optional.empty());
        Div line = new Div(field, add, mine);
        line.addClassName("field-line");
        list.addClassName("entries");
        add(line, list);
        showList();
    }

    List<String> networks() {
        return List.copyOf(networks);
    }

    /** Takes in what is still in the field; false when that is no network. */
    boolean passes() {
        return addTyped();
    }

    void show(Problem problem) {
        check.show(problem);
    }

    void focus() {
        field.focus();
    }

    private boolean addTyped() {
        if (field.getValue().isBlank()) {
            return true;
        }
        if (!check.passes()) {
            return false;
        }
        addNetwork(field.getValue().strip());
        field.clear();
        return true;
    }

    private void addNetwork(String network) {
        if (!networks.contains(network)) {
            networks.add(network);
        }
        showList();
        changed.run();
    }

    private void showList() {
        list.removeAll();
        ListItem host = new ListItem(new Span(t("server.networks.host")));
        host.addClassName("quiet");
        list.add(host);
        for (String network : networks) {
            Button remove = new Button(Glyph.X.icon(), event -> {
                networks.remove(network);
                showList();
                changed.run();
                field.focus();
            });
            remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            remove.setAriaLabel(t("server.networks.remove", network));
            Span text = new Span(network);
            text.addClassName("mono");
            list.add(new ListItem(text, remove));
        }
    }

    private static boolean loopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }
}
