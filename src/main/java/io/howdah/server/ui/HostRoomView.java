package io.howdah.server.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.server.HostRoomService;
import io.howdah.server.RoomFactors;
import io.howdah.server.RoomView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.Optional;

/** How much of the host servers may be promised, and how much they are. */
@CdiComponent
@PermitAll
@Route("settings")
@StyleSheet("context://styles/servers.css")
public class HostRoomView extends Page implements BeforeEnterObserver {

    private final HostRoomService rooms;
    private final Access access;
    private final Section now = new Section();
    private final NumberField vCores = new NumberField(Texts.t("room.factor.vCores"));
    private final NumberField memory = new NumberField(Texts.t("room.factor.memory"));
    private final ActionButton save = new ActionButton(Texts.t("room.save"), null, this::save).primary();
    private final Div problems = new Div();

    @Inject
    public HostRoomView(HostRoomService rooms, Access access) {
        super("ui.page.settings");
        this.rooms = rooms;
        this.access = access;
        now.addClassName("card");
        vCores.setHelperText(Texts.t("room.factor.vCores.help"));
        memory.setHelperText(Texts.t("room.factor.memory.help"));
        Div fields = new Div(vCores, memory);
        fields.addClassName("scale-choice");
        Div actions = new Div(save);
        actions.addClassName("row-actions");
        Section change = new Section(new H2(Texts.t("room.change")), fields, problems, actions);
        change.addClassName("card");
        add(new PageHeader(Texts.t("ui.page.settings")).below(new Span(Texts.t("room.text"))), now, change);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show();
    }

    private void show() {
        RoomView room = rooms.room();
        Facts facts = new Facts();
        facts.add(
                Texts.t("room.vCores"),
                Texts.t(
                        "room.of",
                        Amounts.vCores(room.promisedVCores()),
                        Amounts.vCores(room.vCoreLimit()),
                        Amounts.vCores(room.hostVCores())));
        facts.add(
                Texts.t("room.memory"),
                Texts.t(
                        "room.of",
                        Amounts.memory(room.promisedMemoryMib()),
                        Amounts.memory(room.memoryLimitMib()),
                        Amounts.memory(room.hostMemoryMib())));
        facts.add(Texts.t("room.storage"), Texts.t("room.free", room.storageGib()));
        Paragraph storage = new Paragraph(Texts.t("room.storage.text"));
        storage.addClassName("quiet");
        now.removeAll();
        now.add(new H2(Texts.t("room.title", room.place())), facts, storage);
        vCores.setValue(room.factors().vCores());
        memory.setValue(room.factors().memory());
        save.refuse(
                access.may(Permission.INSTALLATION_WRITE, Scope.INSTALLATION)
                        ? Optional.empty()
                        : Optional.of(Texts.t("ui.notPermitted", Permission.INSTALLATION_WRITE.action())));
    }

    private void save() {
        problems.removeAll();
        try {
            rooms.setFactors(new RoomFactors(value(vCores), value(memory)));
            Notification.show(Texts.t("room.saved"));
            show();
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    private static double value(NumberField field) {
        return field.getValue() == null ? 0 : field.getValue();
    }
}
