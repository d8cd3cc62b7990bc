package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.engine.OpenTransaction;
import io.howdah.scaling.KeptChange;
import io.howdah.scaling.Plan;
import io.howdah.scaling.PlannedChangeService;
import io.howdah.scaling.ScalingService;
import io.howdah.scaling.WaitsFor;
import io.howdah.schedule.ui.DateFields;
import io.howdah.server.DatabaseService;
import io.howdah.server.SizedServer;
import io.howdah.server.ui.ActionButton;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Zones;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** An open transaction keeps a change of size from being made: who it is, and what can be done about it. */
final class TransactionChoices extends Div {

    private final SizedServer server;
    private final ScalingService scaling =
            CDI.current().select(ScalingService.class).get();
    private final PlannedChangeService plans =
            CDI.current().select(PlannedChangeService.class).get();
    private final DatabaseService databases =
            CDI.current().select(DatabaseService.class).get();
    private final Access access = CDI.current().select(Access.class).get();
    private final Consumer<UUID> begun;
    private final Runnable planned;
    private final Div problems = new Div();

    /**
     * @param begun hears of the operation that somebody has begun here
     * @param planned is told that something is planned now
     */
    TransactionChoices(KeptChange kept, Consumer<UUID> begun, Runnable planned) {
        this.server = kept.server();
        this.begun = begun;
        this.planned = planned;
        addClassName("scale-kept");
        Paragraph text = new Paragraph(t("scaling.kept.text"));
        text.addClassName("quiet");
        add(new H3(t("scaling.kept.title", wanted())), text);
        look();
        add(problems);
    }

    private String wanted() {
        return server.wished().code();
    }

    private void look() {
        Optional<String> refusal = refusal(Permission.SERVERS_SCALE);
        try {
            OpenTransaction open = databases.inTheWay(server.id());
            if (open == null) {
                add(new Paragraph(t("scaling.kept.gone")), retry(refusal));
                return;
            }
            Div who = new Div(
                    new Span(t("scaling.kept.open", pid(open), open.role(), open.database(), open.application())),
                    new Span(" "),
                    new RelativeTime(open.since()));
            who.addClassName("words");
            add(who, waiting(refusal), later(refusal), limits(refusal), end(open));
        } catch (ProblemException unknown) {
            add(new Paragraph(t("scaling.kept.unknown")), retry(refusal));
        }
    }

    private static String pid(OpenTransaction open) {
        return Integer.toString(open.pid());
    }

    private Optional<String> refusal(Permission permission) {
        return access.may(permission, Scope.server(server.teamId(), server.id()))
                ? Optional.empty()
                : Optional.of(t("ui.notPermitted", permission.action()));
    }

    private ActionButton retry(Optional<String> refusal) {
        ActionButton button = new ActionButton(
                        t("scaling.kept.retry"),
                        Glyph.ROTATE_CW,
                        () -> act(() -> begun.accept(scaling.scale(server.id(), wanted()))))
                .primary();
        button.refuse(refusal);
        return button;
    }

    private Div waiting(Optional<String> refusal) {
        Select<Integer> hours = new Select<>();
        hours.setLabel(t("scaling.kept.wait.limit"));
        hours.setItems(1, 4, 12, 24);
        hours.setItemLabelGenerator(count -> t("scaling.kept.hours", count));
        hours.setValue(4);
        ActionButton button = new ActionButton(
                        t("scaling.kept.wait"),
                        Glyph.HOURGLASS,
                        () -> plan(WaitsFor.TRANSACTION, Instant.now().plus(Duration.ofHours(hours.getValue()))))
                .primary();
        button.refuse(refusal);
        Span what = new Span(t("scaling.kept.wait.what"));
        what.addClassName("quiet");
        return choice(hours, button, what);
    }

    private Div later(Optional<String> refusal) {
        ZoneId zone = Zones.mine();
        DateTimePicker at = new DateTimePicker(t("scaling.kept.later.at", Zones.inWords(zone, Instant.now())));
        DateFields.arrange(at);
        ActionButton button = new ActionButton(
                t("scaling.kept.later"),
                Glyph.CLOCK,
                () -> plan(
                        WaitsFor.TIME,
                        at.getValue() == null
                                ? null
                                : at.getValue().atZone(zone).toInstant()));
        button.refuse(refusal);
        return choice(at, button);
    }

    private Div limits(Optional<String> refusal) {
        ActionButton button = new ActionButton(
                t("scaling.kept.limits"),
                Glyph.CPU,
                () -> act(() -> begun.accept(scaling.scaleWithoutRestart(server.id(), wanted()))));
        button.refuse(refusal);
        Span what = new Span(t("scaling.kept.limits.what"));
        what.addClassName("quiet");
        return choice(button, what);
    }

    private Div end(OpenTransaction open) {
        ActionButton button = new ActionButton(
                        t("scaling.kept.end"),
                        Glyph.X,
                        () -> Confirm.ask(
                                t("scaling.kept.end.title", pid(open)),
                                new Paragraph(t(
                                        "scaling.kept.end.text",
                                        pid(open),
                                        open.role(),
                                        open.database(),
                                        open.application())),
                                t("scaling.kept.end.do"),
                                () -> {
                                    databases.endSession(server.id(), open);
                                    begun.accept(scaling.scale(server.id(), wanted()));
                                }))
                .grave();
        button.refuse(refusal(Permission.SESSIONS_END).or(() -> refusal(Permission.SERVERS_SCALE)));
        return choice(button);
    }

    private static Div choice(com.vaadin.flow.component.Component... parts) {
        Div line = new Div(parts);
        line.addClassName("scale-choice");
        return line;
    }

    private void plan(WaitsFor waitsFor, Instant at) {
        act(() -> {
            plans.plan(server.id(), wanted(), new Plan(waitsFor, at));
            planned.run();
        });
    }

    private void act(Runnable act) {
        problems.removeAll();
        try {
            act.run();
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }
}
