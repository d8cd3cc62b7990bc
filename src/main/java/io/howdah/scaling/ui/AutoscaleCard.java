package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import io.howdah.scaling.AutoscalePolicy;
import io.howdah.scaling.AutoscaleService;
import io.howdah.scaling.AutoscaleView;
import io.howdah.scaling.ComputePrices;
import io.howdah.server.Size;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Amounts;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import java.util.Optional;
import java.util.UUID;

/** Whether and how a server's size follows its load, and what that would have done in the last week. */
final class AutoscaleCard extends Section {

    private final AutoscaleService service;
    private final Checkbox active = new Checkbox(t("autoscale.active"));
    private final Select<Size> min = sizes("autoscale.min");
    private final Select<Size> max = sizes("autoscale.max");
    private final IntegerField cpu =
            number("autoscale.cpu", AutoscalePolicy.MIN_TARGET, AutoscalePolicy.MAX_TARGET, "%");
    private final IntegerField memory =
            number("autoscale.memory", AutoscalePolicy.MIN_TARGET, AutoscalePolicy.MAX_TARGET, "%");
    private final IntegerField coolDown = number(
            "autoscale.coolDown", AutoscalePolicy.MIN_COOL_DOWN, AutoscalePolicy.MAX_COOL_DOWN, t("autoscale.minutes"));
    private final BigDecimalField ceiling = new BigDecimalField(t("autoscale.ceiling"));
    private final ActionButton save = new ActionButton(t("autoscale.save"), null, this::save);
    private final ActionButton simulate = new ActionButton(t("autoscale.simulate"), null, this::simulate);
    private final Div verdict = new Div();
    private final Div problems = new Div();
    private final SimulationPane simulation = new SimulationPane();
    private UUID serverId;
    private AutoscaleView shown;
    private ComputePrices prices;

    AutoscaleCard(AutoscaleService service) {
        this.service = service;
        addClassName("card");
        Paragraph what = new Paragraph(t("autoscale.text"));
        what.addClassName("quiet");
        ceiling.setHelperText(t("autoscale.ceiling.help"));
        coolDown.setHelperText(t("autoscale.coolDown.help"));
        Div fields = new Div(min, max, cpu, memory, coolDown, ceiling);
        fields.addClassName("autoscale-fields");
        verdict.addClassNames("words", "quiet");
        problems.getElement().setAttribute("aria-live", "polite");
        simulation.getElement().setAttribute("aria-live", "polite");
        Div actions = new Div(save.primary(), simulate);
        actions.addClassName("row-actions");
        add(new H3(t("autoscale.title")), what, active, fields, verdict, problems, actions, simulation);
    }

    private static Select<Size> sizes(String key) {
        Select<Size> sizes = new Select<>();
        sizes.setLabel(t(key));
        sizes.setItemLabelGenerator(size ->
                t("autoscale.size", size.code(), Amounts.vCores(size.vCores()), Amounts.memory(size.memoryMib())));
        return sizes;
    }

    private static IntegerField number(String key, int min, int max, String unit) {
        IntegerField field = new IntegerField(t(key));
        field.setMin(min);
        field.setMax(max);
        field.setStepButtonsVisible(true);
        field.setSuffixComponent(new Span(unit));
        return field;
    }

    /** What a person is typing stays unless somebody else has saved meanwhile. */
    void show(UUID server, ComputePrices known, Optional<String> refusal) {
        AutoscaleView view = service.view(server);
        boolean another = !server.equals(serverId);
        serverId = server;
        prices = known;
        save.refuse(refusal);
        ceiling.setVisible(known.known());
        ceiling.setSuffixComponent(new Span(known.currency()));
        showVerdict(view);
        boolean changed = another
                || shown == null
                || view.active() != shown.active()
                || !view.policy().equals(shown.policy());
        shown = view;
        if (changed) {
            fill(view);
        }
    }

    private void fill(AutoscaleView view) {
        active.setValue(view.active());
        AutoscalePolicy policy = view.policy();
        fill(min, view, policy.minSize());
        fill(max, view, policy.maxSize());
        cpu.setValue(policy.targetCpuPercent());
        memory.setValue(policy.targetMemoryPercent());
        coolDown.setValue(policy.coolDownMinutes());
        ceiling.setValue(policy.monthlyCeiling());
    }

    private static void fill(Select<Size> sizes, AutoscaleView view, String code) {
        sizes.setItems(view.choices());
        sizes.setValue(view.choices().stream()
                .filter(size -> size.code().equals(code))
                .findFirst()
                .orElse(null));
    }

    private void showVerdict(AutoscaleView view) {
        verdict.removeAll();
        if (!view.active()) {
            verdict.add(new Span(t("autoscale.off")));
        } else if (view.verdict() == null) {
            verdict.add(new Span(t("autoscale.soon")));
        } else {
            verdict.add(new Span(view.verdict()), new RelativeTime(view.verdictAt()));
        }
    }

    private AutoscalePolicy typed() {
        return new AutoscalePolicy(
                code(min), code(max), value(cpu), value(memory), value(coolDown), ceiling.getValue());
    }

    private static String code(Select<Size> sizes) {
        return sizes.getValue() == null ? "" : sizes.getValue().code();
    }

    private static int value(IntegerField field) {
        return field.getValue() == null ? 0 : field.getValue();
    }

    private void save() {
        trying(() -> {
            service.set(serverId, active.getValue(), typed());
            shown = service.view(serverId);
            showVerdict(shown);
            Notification.show(t("autoscale.saved"), 4_000, Notification.Position.BOTTOM_START);
        });
    }

    private void simulate() {
        trying(() -> simulation.show(service.simulate(serverId, typed()), prices));
    }

    private void trying(Runnable act) {
        problems.removeAll();
        try {
            act.run();
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }
}
