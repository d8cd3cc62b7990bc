package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.PersonKind;
import io.howdah.access.Scope;
import io.howdah.access.TokenService;
import io.howdah.access.TokenView;
import io.howdah.shell.ActionMenu;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Permitted;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import io.howdah.shell.WideColumns;
import java.util.List;
import java.util.function.Supplier;

/** Tokens with what they may do, since when they have not been used, and a way to revoke each. */
class TokenList extends Div {

    private final TokenService service;
    private final Supplier<List<TokenView>> source;
    private final Grid<TokenView> grid = new Grid<>();
    private final EmptyState empty;

    private TokenList(TokenService service, Supplier<List<TokenView>> source, String none, Access access) {
        this.service = service;
        this.source = source;
        empty = new EmptyState(Glyph.KEY_ROUND, Texts.t("ui.tokens.none"), none, null);
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(token -> name(token, access != null))
                .setHeader(Texts.t("ui.tokens.token"))
                .setFlexGrow(2);
        Grid.Column<TokenView> role = grid.addComponentColumn(TokenList::role)
                .setHeader(Texts.t("ui.access.role"))
                .setFlexGrow(2);
        grid.addComponentColumn(token -> new RelativeTime(token.endsAt()))
                .setHeader(Texts.t("ui.tokens.ends"))
                .setWidth("8rem")
                .setFlexGrow(0);
        Grid.Column<TokenView> used = grid.addComponentColumn(TokenList::used)
                .setHeader(Texts.t("ui.tokens.used"))
                .setWidth("11rem")
                .setFlexGrow(0);
        grid.addComponentColumn(token -> menu(token, access))
                .setHeader(PeopleList.hidden(Texts.t("ui.access.actions")))
                .setWidth("4rem")
                .setFlexGrow(0);
        WideColumns.only(grid, 760, role, used);
        add(grid, empty);
    }

    /** The person's own. */
    static TokenList mine(TokenService service) {
        return new TokenList(service, service::mine, Texts.t("ui.tokens.none.what"), null);
    }

    /** All that the person may see; what they may not revoke says why. */
    static TokenList all(TokenService service, Access access) {
        return new TokenList(service, service::all, Texts.t("ui.tokens.all.none.what"), access);
    }

    void refresh() {
        List<TokenView> tokens = source.get();
        grid.setItems(tokens);
        grid.setVisible(!tokens.isEmpty());
        empty.setVisible(tokens.isEmpty());
    }

    /** Asks for how long tokens may last. */
    void limit() {
        IntegerField days = new IntegerField(Texts.t("ui.tokens.limit.days"));
        days.setHelperText(Texts.t("ui.tokens.limit.help"));
        days.setValue(service.longestDays());
        days.setMin(1);
        days.setStepButtonsVisible(true);
        new FormDialog(
                        Texts.t("ui.tokens.limit.title"),
                        Texts.t("ui.tokens.limit.do"),
                        () -> service.setLongestDays(days.getValue() == null ? 0 : days.getValue()),
                        days)
                .open();
    }

    private static Component name(TokenView token, boolean withHolder) {
        Span name = new Span(token.name());
        name.addClassName("row-title");
        Div cell = new Div(name);
        cell.addClassName("two-lines");
        if (withHolder) {
            Span holder = new Span(token.holder());
            holder.addClassName("quiet");
            cell.add(holder);
        }
        return cell;
    }

    private static Component role(TokenView token) {
        return new Span(token.role() == null ? Texts.t("ui.tokens.noRole") : RoleWords.assignment(token.role()));
    }

    private static Component used(TokenView token) {
        if (token.lastUsedAt() == null) {
            Span never = new Span(Texts.t("ui.tokens.unused"));
            never.addClassName("quiet");
            return never;
        }
        Span from = new Span(Texts.t("ui.tokens.usedFrom", token.lastUsedAddress()));
        from.addClassName("quiet");
        Div cell = new Div(new RelativeTime(token.lastUsedAt()), from);
        cell.addClassName("two-lines");
        return cell;
    }

    private Component menu(TokenView token, Access access) {
        ActionMenu menu = new ActionMenu(Glyph.ELLIPSIS.icon(), Texts.t("ui.access.actionsFor", token.name()));
        menu.addAction(Glyph.TRASH_2, Texts.t("ui.tokens.revoke"), () -> revoke(token));
        if (access != null && token.kind() == PersonKind.PERSON) {
            Scope scope =
                    token.role() == null ? Scope.INSTALLATION : token.role().scope();
            Permitted.require(menu.opener(), Permission.TOKENS_WRITE, scope);
        }
        return menu;
    }

    private void revoke(TokenView token) {
        Confirm.ask(
                Texts.t("ui.tokens.revoke.title", token.name()),
                new Paragraph(Texts.t("ui.tokens.revoke.what")),
                Texts.t("ui.tokens.revoke"),
                () -> {
                    service.revoke(token.id());
                    refresh();
                });
    }
}
