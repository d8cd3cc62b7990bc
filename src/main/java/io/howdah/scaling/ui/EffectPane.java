package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import io.howdah.engine.DiskSpeed;
import io.howdah.engine.SettingChange;
import io.howdah.maintenance.MaintenanceWindow;
import io.howdah.scaling.ComputePrices;
import io.howdah.scaling.Plan;
import io.howdah.scaling.SizeEffect;
import io.howdah.server.Size;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Amounts;
import io.howdah.shared.ProblemCode;
import io.howdah.shell.ProblemNotice;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a size would change, before it is applied: old and new values, whether PostgreSQL restarts, who waits how long. */
final class EffectPane extends Div {

    private final BiConsumer<Size, Optional<Plan>> apply;

    /** @param apply hears of the size and of when it is wanted; no plan means now */
    EffectPane(BiConsumer<Size, Optional<Plan>> apply) {
        this.apply = apply;
        addClassName("scale-effect");
        clear();
    }

    void clear() {
        removeAll();
        Paragraph none = new Paragraph(t("scaling.changes.none"));
        none.addClassName("quiet");
        add(none);
    }

    void show(
            SizeEffect effect,
            ComputePrices prices,
            boolean running,
            MaintenanceWindow.Span window,
            Optional<String> refusal) {
        removeAll();
        add(table(effect), new Paragraph(restart(effect, running)));
        if (prices.known()) {
            add(new Paragraph(t("scaling.price.changes", PriceWords.beside(prices, effect.before(), effect.after()))));
        }
        if (effect.restart()) {
            Paragraph direct = new Paragraph(t("scaling.direct"));
            direct.addClassName("quiet");
            add(new Paragraph(expected(effect)), direct);
        }
        if (effect.obstacle() != null) {
            add(new ProblemNotice(effect.obstacle()));
        }
        String size = effect.after().code();
        Div line = new Div();
        TimingChoice[] timing = new TimingChoice[1];
        Runnable offer = () -> {
            boolean now = timing[0].plan().isEmpty();
            ActionButton button = new ActionButton(
                            t(now ? "scaling.applyTo" : "scaling.planTo", size),
                            null,
                            () -> apply.accept(effect.after(), timing[0].plan()))
                    .primary();
            button.refuse(refusal);
            line.removeAll();
            line.add(button);
        };
        timing[0] = new TimingChoice(window, noRoom(effect), offer);
        offer.run();
        add(timing[0], line);
    }

    private static boolean noRoom(SizeEffect effect) {
        return effect.obstacle() != null
                && (effect.obstacle().code() == ProblemCode.NoRoomForMemory
                        || effect.obstacle().code() == ProblemCode.NoRoomForVCores);
    }

    private static String restart(SizeEffect effect, boolean running) {
        if (effect.restart()) {
            return t("scaling.restart.yes");
        }
        return t(running ? "scaling.restart.no" : "scaling.restart.stopped");
    }

    private static String expected(SizeEffect effect) {
        return effect.expectedHold() == null
                ? t("scaling.expected.unknown")
                : t("scaling.expected", ChangeHistory.seconds(effect.expectedHold()));
    }

    private static NativeTable table(SizeEffect effect) {
        NativeTableBody body = new NativeTableBody();
        add(
                body,
                t("scaling.vCores"),
                Amounts.vCores(effect.before().vCores()),
                Amounts.vCores(effect.after().vCores()));
        add(
                body,
                t("scaling.memory"),
                Amounts.memory(effect.before().memoryMib()),
                Amounts.memory(effect.after().memoryMib()));
        DiskSpeed before = DiskSpeed.of(effect.before().vCores());
        DiskSpeed after = DiskSpeed.of(effect.after().vCores());
        add(body, t("scaling.iops"), t("scaling.iops.value", before.iops()), t("scaling.iops.value", after.iops()));
        add(
                body,
                t("scaling.throughput"),
                t("scaling.throughput.mib", before.mibPerSecond()),
                t("scaling.throughput.mib", after.mibPerSecond()));
        for (SettingChange change : effect.settings()) {
            add(body, change.name(), change.before(), change.after());
        }
        NativeTableHeader head = new NativeTableHeader(
                new NativeTableRow(heading("scaling.setting"), heading("scaling.before"), heading("scaling.after")));
        NativeTable table = new NativeTable(head, body);
        table.addClassName("scale-table");
        return table;
    }

    private static NativeTableHeaderCell heading(String key) {
        NativeTableHeaderCell cell = new NativeTableHeaderCell(t(key));
        cell.getElement().setAttribute("scope", "col");
        return cell;
    }

    private static void add(NativeTableBody body, String name, String before, String after) {
        NativeTableHeaderCell first = new NativeTableHeaderCell(name);
        first.getElement().setAttribute("scope", "row");
        NativeTableRow row = new NativeTableRow(first, new NativeTableCell(before), new NativeTableCell(after));
        if (before.equals(after)) {
            row.addClassName("quiet");
        }
        body.add(row);
    }
}
