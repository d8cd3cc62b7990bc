package io.howdah.server.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.server.Catalogue;
import io.howdah.server.Size;
import io.howdah.shared.Problem;
import io.howdah.shell.Glyph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Compute and storage: the sizes of the catalogue that fit this place, by tier, and the storage. */
final class ComputeSection extends CreateSection {

    private final Catalogue catalogue;
    private final BiFunction<String, Integer, Optional<Problem>> checkRoom;
    private final Runnable changed;
    private final List<RadioButtonGroup<Size>> groups = new ArrayList<>();
    private final Div sizeError = new Div();
    private final IntegerField storage = new IntegerField(t("server.create.storage"));
    private final Checkbox wait = new Checkbox(t("server.waiting.choice"));
    private Size size;

    ComputeSection(Catalogue catalogue, BiFunction<String, Integer, Optional<Problem>> checkRoom, Runnable changed) {
        super("compute", t("server.create.compute"), null);
        this.catalogue = catalogue;
        this.checkRoom = checkRoom;
        this.changed = changed;
        if (!catalogue.capabilities().limitsEnforced()) {
            add(limitsNote(catalogue.capabilities().limitsNote()));
        }
        Map<String, List<Size>> tiers = new LinkedHashMap<>();
        catalogue.sizes().forEach(offered -> tiers.computeIfAbsent(offered.tier(), tier -> new ArrayList<>())
                .add(offered));
        Div table = new Div(header());
        table.addClassName("size-table");
        tiers.forEach((tier, sizes) -> table.add(group(tier, sizes)));
        Paragraph room = new Paragraph(t(
                "server.create.memoryLeft",
                Amounts.memory(Preset.freeMemoryMib(catalogue)),
                catalogue.capabilities().place()));
        room.addClassName("quiet");
        sizeError.addClassName("field-error");
        sizeError.getElement().setAttribute("role", "alert");
        sizeError.setVisible(false);
        storage.setManualValidation(true);
        storage.setStepButtonsVisible(true);
        storage.setMin(1);
        storage.setMax(Math.max(1, catalogue.room().storageGib()));
        storage.setSuffixComponent(new Span(t("server.create.gib")));
        storage.setHelperText(t("server.create.storageHelp", catalogue.room().storageGib()));
        storage.setValueChangeMode(ValueChangeMode.LAZY);
        storage.addValueChangeListener(event -> {
            if (event.getValue() != null) {
                passes();
            }
            changed.run();
        });
        storage.addClassName("storage-field");
        Paragraph limit = new Paragraph(told(catalogue.capabilities().storageNote()));
        limit.addClassName("quiet");
        wait.setVisible(false);
        wait.addValueChangeListener(event -> changed.run());
        add(table, room, sizeError, storage, wait, limit);
    }

    Optional<Size> size() {
        return Optional.ofNullable(size);
    }

    Optional<Integer> storageGib() {
        return Optional.ofNullable(storage.getValue());
    }

    void choose(Size wanted, int storageGib) {
        select(wanted);
        storage.setValue(Math.clamp(storageGib, 1, Math.max(1, catalogue.room().storageGib())));
    }

    boolean ready() {
        return size != null
                && storage.getValue() != null
                && checkRoom
                        .apply(size.code(), storage.getValue())
                        .filter(this::hinders)
                        .isEmpty();
    }

    /** Whether it is to wait in line until there is room. */
    boolean waits() {
        return wait.isVisible() && wait.getValue();
    }

    private boolean hinders(Problem problem) {
        return !(problem.lacksRoom() && wait.getValue());
    }

    /** Checks and shows what is wrong, each at its place. */
    boolean passes() {
        storage.setInvalid(false);
        sizeError.setVisible(false);
        if (size == null) {
            showSizeError(t("server.create.noSize"));
            return false;
        }
        if (storage.getValue() == null) {
            storage.setErrorMessage(t("server.create.noStorage"));
            storage.setInvalid(true);
            return false;
        }
        Optional<Problem> problem = checkRoom.apply(size.code(), storage.getValue());
        wait.setVisible(problem.filter(Problem::lacksRoom).isPresent());
        problem.ifPresent(this::show);
        return problem.filter(this::hinders).isEmpty();
    }

    void show(Problem problem) {
        String text = told(problem).inWords();
        boolean ofStorage =
                switch (problem.code()) {
                    case StorageOutOfRange, NoRoomForStorage -> true;
                    default -> "storageGib".equals(problem.field());
                };
        if (ofStorage) {
            storage.setErrorMessage(text);
            storage.setInvalid(true);
        } else {
            showSizeError(text);
        }
    }

    private void showSizeError(String text) {
        sizeError.setText(text);
        sizeError.setVisible(true);
    }

    private RadioButtonGroup<Size> group(String tier, List<Size> sizes) {
        RadioButtonGroup<Size> group = new RadioButtonGroup<>(tier);
        group.addClassName("size-group");
        group.setItems(sizes);
        group.setRenderer(new ComponentRenderer<>(this::row));
        group.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                select(event.getValue());
            }
        });
        groups.add(group);
        return group;
    }

    private boolean fits(Size offered) {
        return offered.memoryMib() <= Preset.freeMemoryMib(catalogue);
    }

    private void select(Size wanted) {
        size = wanted;
        for (RadioButtonGroup<Size> group : groups) {
            boolean here = group.getListDataView().contains(wanted);
            group.setValue(here ? wanted : null);
        }
        passes();
        changed.run();
    }

    private static Component header() {
        Div header = new Div(
                new Span(t("server.column.size")),
                new Span(t("server.create.vCores")),
                new Span(t("server.create.memory")),
                new Span(t("server.create.connections")));
        header.addClassNames("size-row", "size-header");
        header.getElement().setAttribute("aria-hidden", "true");
        return header;
    }

    private Component row(Size offered) {
        Span code = new Span(offered.code());
        code.addClassName("size-code");
        Div row = new Div(
                code,
                cell(Amounts.vCores(offered.vCores()), "server.create.vCores"),
                cell(Amounts.memory(offered.memoryMib()), "server.create.memory"),
                cell(Integer.toString(offered.maxConnections()), "server.create.connections"));
        row.addClassName("size-row");
        if (!fits(offered)) {
            Span reason = new Span(t("server.create.noRoomNow", Amounts.memory(Preset.freeMemoryMib(catalogue))));
            reason.addClassName("size-reason");
            row.add(reason);
        }
        return row;
    }

    private static Span cell(String amount, String unit) {
        Span name = new Span(" " + t(unit));
        name.addClassName("cell-unit");
        Span cell = new Span(new Span(amount), name);
        cell.addClassName("number");
        return cell;
    }

    static Component limitsNote(String why) {
        Div note = new Div(
                Glyph.INFO.icon(), new Span(why == null || why.isBlank() ? t("server.limits.notEnforced") : told(why)));
        note.addClassName("note");
        return note;
    }
}
