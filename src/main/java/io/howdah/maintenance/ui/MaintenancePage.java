package io.howdah.maintenance.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.timepicker.TimePicker;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.maintenance.MaintenanceService;
import io.howdah.maintenance.MaintenanceWindow;
import io.howdah.maintenance.WindowDraft;
import io.howdah.schedule.ui.DateFields;
import io.howdah.schedule.ui.WhenWords;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Facts;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Zones;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Optional;

/** The time of the week in which work on the server is done that its clients might notice. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/maintenance", layout = ServerLayout.class)
public class MaintenancePage extends ServerPage {

    private static final List<Duration> LENGTHS = List.of(
            Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(4), Duration.ofHours(8));

    private final MaintenanceService maintenance;
    private final Access access;
    private final Section now = new Section();
    private final Select<DayOfWeek> day = new Select<>();
    private final TimePicker start = DateFields.time(t("maintenance.start"));
    private final Select<Duration> length = new Select<>();
    private final ComboBox<ZoneId> zone = Zones.field(t("maintenance.zone"), Zones.mine());
    private final ActionButton save = new ActionButton(t("maintenance.save"), null, this::save).primary();
    private final ActionButton reset = new ActionButton(t("maintenance.reset"), Glyph.ROTATE_CW, this::reset);
    private final Div problems = new Div();
    private ServerView server;
    private MaintenanceWindow shown;

    @Inject
    public MaintenancePage(MaintenanceService maintenance, Access access) {
        super("server.page.maintenance", true);
        this.maintenance = maintenance;
        this.access = access;
        Paragraph intro = new Paragraph(t("maintenance.text"));
        intro.addClassName("quiet");
        now.addClassName("card");
        day.setLabel(t("maintenance.day"));
        day.setItems(DayOfWeek.values());
        day.setItemLabelGenerator(MaintenancePage::name);
        length.setLabel(t("maintenance.length"));
        length.setItemLabelGenerator(MaintenancePage::words);
        Div fields = new Div(day, start, length, zone);
        fields.addClassName("scale-choice");
        Div buttons = new Div(save, reset);
        buttons.addClassName("row-actions");
        Section change = new Section(new H3(t("maintenance.change")), fields, problems, buttons);
        change.addClassName("card");
        add(intro, now, change);
    }

    private static String name(DayOfWeek one) {
        return one.getDisplayName(TextStyle.FULL, Messages.language().locale());
    }

    private static String words(Duration one) {
        return one.compareTo(Duration.ofHours(1)) < 0
                ? t("maintenance.length.minutes", one.toMinutes())
                : t("maintenance.length.hours", one.toHours());
    }

    @Override
    protected void show(ServerView server) {
        this.server = server;
        MaintenanceWindow window = maintenance.window(server.id());
        if (window.equals(shown)) {
            return;
        }
        shown = window;
        Facts facts = new Facts();
        facts.add(
                t("maintenance.now"),
                t(
                        "maintenance.window",
                        name(window.day()),
                        WhenWords.time(window.start()),
                        WhenWords.time(window.start().plus(window.length())),
                        Zones.inWords(window.zone(), Instant.now())));
        facts.add("", t(window.systemChosen() ? "maintenance.system" : "maintenance.custom"));
        facts.add(
                t("maintenance.next"),
                new RelativeTime(window.next(Instant.now()).begin()));
        now.removeAll();
        now.add(facts);
        day.setValue(window.day());
        start.setValue(window.start());
        length.setItems(LENGTHS.contains(window.length()) ? LENGTHS : List.of(window.length()));
        length.setValue(window.length());
        Zones.offer(zone, window.zone());
        zone.setValue(window.zone());
        Optional<String> refusal = access.may(Permission.MAINTENANCE_WRITE, Scope.server(server.teamId(), server.id()))
                ? Optional.empty()
                : Optional.of(t("server.refusal.permission", Permission.MAINTENANCE_WRITE.action(), server.teamName()));
        save.refuse(refusal);
        reset.refuse(refusal);
        reset.setVisible(!window.systemChosen());
    }

    private void save() {
        act(() -> maintenance.choose(
                server.id(), new WindowDraft(day.getValue(), start.getValue(), length.getValue(), zone.getValue())));
    }

    private void reset() {
        act(() -> maintenance.letSystemChoose(server.id()));
    }

    private void act(Runnable act) {
        problems.removeAll();
        try {
            act.run();
            Notification.show(t("maintenance.saved"));
            show(server);
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }
}
