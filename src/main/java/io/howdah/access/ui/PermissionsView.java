package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.AccessService;
import io.howdah.access.ExplanationService;
import io.howdah.access.GrantView;
import io.howdah.access.Permission;
import io.howdah.access.PlaceView;
import io.howdah.access.RequestService;
import io.howdah.access.RequestState;
import io.howdah.access.RequestView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the signed-in person may do where, and by which role; and asking for a role that is missing. */
@CdiComponent
@Route("profile/permissions")
public class PermissionsView extends Page implements BeforeEnterObserver {

    private final AccessService access;
    private final ExplanationService explanations;
    private final RequestService requests;
    private final Div actions = new Div();
    private final Div asked = new Div();

    @Inject
    public PermissionsView(AccessService access, ExplanationService explanations, RequestService requests) {
        super("ui.page.permissions");
        this.access = access;
        this.explanations = explanations;
        this.requests = requests;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        Div cards = new Div(why(), request());
        cards.addClassName("cards");
        add(new PageHeader(Texts.t("ui.page.permissions")), new ProfileParts("profile/permissions"), cards);
    }

    private Div why() {
        List<PlaceView> places = explanations.places();
        ComboBox<PlaceView> place = new ComboBox<>(Texts.t("ui.access.where"));
        place.setItemLabelGenerator(RoleWords::place);
        place.setItems(places);
        place.setWidthFull();
        place.addValueChangeListener(event -> show(event.getValue()));
        Div card = new Div(new H2(Texts.t("ui.access.why")), place, actions);
        card.addClassName("card");
        if (places.isEmpty()) {
            actions.add(new Paragraph(Texts.t("ui.profile.noRoles")));
        } else {
            place.setValue(places.getFirst());
        }
        return card;
    }

    private void show(PlaceView place) {
        actions.removeAll();
        if (place == null) {
            return;
        }
        Map<String, List<GrantView>> grants =
                explanations.whyMayI(place.scope()).stream().collect(Collectors.groupingBy(GrantView::action));
        UnorderedList list = new UnorderedList();
        list.addClassNames("plain-list", "role-actions");
        for (Permission permission : Permission.values()) {
            List<GrantView> by = grants.getOrDefault(permission.action(), List.of());
            Span why = new Span(
                    by.isEmpty()
                            ? Texts.t("ui.access.why.no")
                            : by.stream().map(RoleWords::grant).collect(Collectors.joining("; ")));
            why.addClassNames("quiet", "small");
            Div words = new Div(new Span(RoleWords.action(permission.action())), why);
            words.addClassName("two-lines");
            list.add(new ListItem(words, new Code(permission.action())));
        }
        actions.add(list);
    }

    private Div request() {
        RoleAndPlace wanted = new RoleAndPlace(access, requests.places()).withoutEnd();
        TextArea reason = new TextArea(Texts.t("ui.access.request.reason"));
        reason.setWidthFull();
        Div problems = new Div();
        Button ask = new Button(Texts.t("ui.access.request.do"), event -> {
            problems.removeAll();
            try {
                requests.ask(wanted.role(), wanted.scope(), reason.getValue());
                reason.clear();
                showAsked();
            } catch (ProblemException refused) {
                problems.add(new ProblemNotice(refused.problem()));
            }
        });
        ask.addThemeVariants(ButtonVariant.PRIMARY);
        Div card = new Div(new H2(Texts.t("ui.access.request")), wanted, reason, problems, ask, asked);
        card.addClassNames("card", "form-card");
        showAsked();
        return card;
    }

    private void showAsked() {
        asked.removeAll();
        List<RequestView> mine = requests.mine();
        if (mine.isEmpty()) {
            return;
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("plain-list");
        for (RequestView request : mine) {
            Span state = new Span(
                    Texts.t("ui.access.request." + request.state().name().toLowerCase(Locale.ROOT)));
            state.addClassNames("quiet", "small");
            Div words = new Div(new Span(RequestList.words(request)), state);
            words.addClassName("two-lines");
            if (request.answer() != null) {
                words.add(new Span(request.decidedBy() + ": " + request.answer()));
            }
            ListItem item = new ListItem(words);
            if (request.state() == RequestState.OPEN) {
                item.add(new Button(Texts.t("ui.access.request.withdraw"), event -> {
                    requests.withdraw(request.id());
                    showAsked();
                }));
            }
            list.add(item);
        }
        asked.add(new H2(Texts.t("ui.access.request.mine")), list);
    }
}
