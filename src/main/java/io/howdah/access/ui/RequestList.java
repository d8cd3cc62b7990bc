package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import io.howdah.access.RequestService;
import io.howdah.access.RequestView;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import java.util.List;

/** The requests for roles that wait for somebody to decide. */
class RequestList extends Div {

    private final RequestService service;
    private final Grid<RequestView> grid = new Grid<>();
    private final EmptyState empty =
            new EmptyState(Glyph.INBOX, Texts.t("ui.access.noRequests"), Texts.t("ui.access.noRequests.what"), null);

    RequestList(RequestService service) {
        this.service = service;
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(RequestList::wish)
                .setHeader(Texts.t("ui.access.request"))
                .setFlexGrow(3);
        grid.addComponentColumn(request -> new RelativeTime(request.askedAt()))
                .setHeader(Texts.t("ui.access.request.when"))
                .setWidth("8rem")
                .setFlexGrow(0);
        grid.addComponentColumn(this::acts)
                .setHeader(PeopleList.hidden(Texts.t("ui.access.actions")))
                .setWidth("13rem")
                .setFlexGrow(0);
        add(grid, empty);
    }

    void refresh() {
        List<RequestView> open = service.open();
        grid.setItems(open);
        grid.setVisible(!open.isEmpty());
        empty.setVisible(open.isEmpty());
    }

    /** E.g. "Operator in Payments / Web shop". */
    static String words(RequestView request) {
        return request.place() == null
                ? Texts.t("ui.access.roleEverywhere", request.role())
                : Texts.t("ui.access.roleAt", request.role(), request.place());
    }

    private static Component wish(RequestView request) {
        Span who = new Span(Texts.t("ui.access.request.wish", request.person(), words(request)));
        who.addClassName("row-title");
        Span why = new Span(request.reason());
        why.addClassName("quiet");
        Div cell = new Div(who, why);
        cell.addClassName("two-lines");
        return cell;
    }

    private Component acts(RequestView request) {
        Button give = new Button(
                Texts.t("ui.access.request.give"),
                event -> Confirm.ask(
                        Texts.t("ui.access.request.give.title", request.person()),
                        new Paragraph(words(request)),
                        Texts.t("ui.access.request.give"),
                        () -> SecondPerson.act(() -> service.approve(request.id()), this::refresh)));
        give.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.PRIMARY);
        Button refuse = new Button(Texts.t("ui.access.request.refuse"), event -> refuse(request));
        refuse.addThemeVariants(ButtonVariant.SMALL);
        Div both = new Div(give, refuse);
        both.addClassName("row-actions");
        return both;
    }

    private void refuse(RequestView request) {
        TextArea answer = new TextArea(Texts.t("ui.access.request.answer"));
        answer.setWidthFull();
        new FormDialog(
                        Texts.t("ui.access.request.refuse.title", request.person()),
                        Texts.t("ui.access.request.refuse"),
                        () -> {
                            service.refuse(request.id(), answer.getValue());
                            refresh();
                        },
                        answer)
                .open();
    }
}
