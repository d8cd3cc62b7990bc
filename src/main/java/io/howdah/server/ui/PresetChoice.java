package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import io.howdah.server.Catalogue;
import io.howdah.server.Size;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The presets, of which one may be pressed: it fills in size and storage, which stay free to be changed. */
final class PresetChoice extends Div {

    private final Catalogue catalogue;
    private final BiConsumer<Size, Integer> chosen;
    private final Map<Preset, NativeButton> buttons = new EnumMap<>(Preset.class);

    PresetChoice(Catalogue catalogue, BiConsumer<Size, Integer> chosen) {
        this.catalogue = catalogue;
        this.chosen = chosen;
        addClassName("presets");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", t("server.preset.label"));
        for (Preset preset : Preset.values()) {
            NativeButton button = button(preset);
            buttons.put(preset, button);
            add(button);
        }
    }

    /** Presses the first preset that fits. */
    void chooseFirst() {
        for (Preset preset : Preset.values()) {
            if (refusal(preset).isEmpty()) {
                choose(preset);
                return;
            }
        }
    }

    /** Shows as pressed the preset that asks for exactly this, if one does. */
    void show(Size size, Integer storageGib) {
        buttons.forEach((preset, button) -> {
            boolean same = size != null
                    && storageGib != null
                    && preset.storageGib() == storageGib
                    && preset.size(catalogue).filter(size::equals).isPresent();
            button.getElement().setAttribute("aria-pressed", Boolean.toString(same));
        });
    }

    private NativeButton button(Preset preset) {
        String key = "server.preset." + preset.name().toLowerCase(Locale.ROOT);
        Span title = new Span(t(key + ".title"));
        title.addClassName("preset-title");
        Span text = new Span(t(key + ".text"));
        Optional<String> refusal = refusal(preset);
        Span size = new Span(refusal.orElseGet(() -> {
            Size fitting = preset.size(catalogue).orElseThrow();
            return t(
                    "server.preset.size",
                    fitting.code(),
                    Amounts.vCores(fitting.vCores()),
                    Amounts.memory(fitting.memoryMib()),
                    preset.storageGib());
        }));
        text.addClassName("quiet");
        size.addClassName("preset-size");
        NativeButton button = new NativeButton();
        button.add(title, text, size);
        button.addClassName("preset");
        button.addClickListener(event -> choose(preset));
        button.setEnabled(refusal.isEmpty());
        button.getElement().setAttribute("aria-pressed", "false");
        return button;
    }

    private Optional<String> refusal(Preset preset) {
        if (preset.size(catalogue).isEmpty()) {
            return Optional.of(t(
                    "server.preset.tooLarge",
                    Amounts.vCores(preset.vCores()),
                    Amounts.memory(preset.memoryMib()),
                    catalogue.room().vCores(),
                    Amounts.memory(Preset.freeMemoryMib(catalogue))));
        }
        if (!preset.storageFits(catalogue)) {
            return Optional.of(t(
                    "server.preset.storageTooLarge",
                    preset.storageGib(),
                    catalogue.room().storageGib()));
        }
        return Optional.empty();
    }

    private void choose(Preset preset) {
        preset.size(catalogue).ifPresent(size -> chosen.accept(size, preset.storageGib()));
    }
}
