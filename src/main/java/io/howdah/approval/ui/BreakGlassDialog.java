package io.howdah.approval.ui;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.TeamView;
import io.howdah.access.ui.FormDialog;
import io.howdah.approval.BreakGlassService;
import io.howdah.shell.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Begins emergency access: where, for how long, and why. */
final class BreakGlassDialog {

    private record Place(UUID teamId, String name) {}

    private static final List<Duration> TIMES = List.of(
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            BreakGlassService.USUAL,
            Duration.ofHours(2),
            BreakGlassService.LONGEST);

    private final FormDialog dialog;

    BreakGlassDialog(BreakGlassService glass, AccessService people, Access access) {
        List<Place> places = new ArrayList<>();
        for (TeamView team : people.myTeams()) {
            if (access.may(Permission.APPROVALS_BREAK_GLASS, Scope.team(team.id()))) {
                places.add(new Place(team.id(), team.name()));
            }
        }
        if (access.may(Permission.APPROVALS_BREAK_GLASS, Scope.INSTALLATION)) {
            places.add(new Place(null, Texts.t("access.installation")));
        }
        Select<Place> place = new Select<>();
        place.setLabel(Texts.t("approval.glass.where"));
        place.setItemLabelGenerator(Place::name);
        place.setItems(places);
        places.stream().findFirst().ifPresent(place::setValue);
        place.setWidthFull();
        Select<Duration> lasts = new Select<>();
        lasts.setLabel(Texts.t("approval.glass.lasts"));
        lasts.setItemLabelGenerator(Texts::duration);
        lasts.setItems(TIMES);
        lasts.setValue(BreakGlassService.USUAL);
        lasts.setWidthFull();
        TextArea reason = new TextArea(Texts.t("approval.reason"));
        reason.setHelperText(Texts.t("approval.glass.reason.help", BreakGlassService.MIN_REASON));
        reason.setWidthFull();
        dialog = new FormDialog(
                Texts.t("approval.glass.begin"),
                Texts.t("approval.glass.begin"),
                () -> glass.begin(place.getValue().teamId(), reason.getValue(), lasts.getValue()),
                new Paragraph(Texts.t("approval.glass.what")),
                place,
                lasts,
                reason);
    }

    void open() {
        dialog.open();
    }
}
