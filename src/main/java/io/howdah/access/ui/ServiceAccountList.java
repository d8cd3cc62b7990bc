package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.NewSecret;
import io.howdah.access.Permission;
import io.howdah.access.PlaceView;
import io.howdah.access.Scope;
import io.howdah.access.SecretView;
import io.howdah.access.ServiceAccountService;
import io.howdah.access.ServiceAccountView;
import io.howdah.access.TokenService;
import io.howdah.shell.ActionMenu;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Permitted;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import java.util.List;

/** The service accounts with their roles and client secrets, and what can be done about them. */
class ServiceAccountList extends Div {

    private final ServiceAccountService service;
    private final TokenService tokens;
    private final AccessService access;
    private final Access permissions;
    private final Grid<ServiceAccountView> grid = new Grid<>();
    private final EmptyState empty =
            new EmptyState(Glyph.TERMINAL, Texts.t("ui.accounts.none"), Texts.t("ui.accounts.none.what"), null);

    ServiceAccountList(ServiceAccountService service, TokenService tokens, AccessService access, Access permissions) {
        this.service = service;
        this.tokens = tokens;
        this.access = access;
        this.permissions = permissions;
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(ServiceAccountList::name)
                .setHeader(Texts.t("ui.accounts.account"))
                .setFlexGrow(2);
        grid.addComponentColumn(this::roles)
                .setHeader(Texts.t("ui.access.rolesHeld"))
                .setFlexGrow(3);
        grid.addComponentColumn(this::secrets)
                .setHeader(Texts.t("ui.accounts.secrets"))
                .setFlexGrow(2);
        grid.addComponentColumn(this::menu)
                .setHeader(PeopleList.hidden(Texts.t("ui.access.actions")))
                .setWidth("4rem")
                .setFlexGrow(0);
        add(grid, empty);
    }

    void refresh() {
        List<ServiceAccountView> accounts = service.accounts();
        grid.setItems(accounts);
        grid.setVisible(!accounts.isEmpty());
        empty.setVisible(accounts.isEmpty());
    }

    void create() {
        ComboBox<PlaceView> team = new ComboBox<>(Texts.t("ui.access.team"));
        team.setItems(service.teams());
        team.setItemLabelGenerator(PlaceView::name);
        service.teams().stream().findFirst().ifPresent(team::setValue);
        team.setWidthFull();
        TextField name = new TextField(Texts.t("ui.accounts.name"));
        name.setHelperText(Texts.t("ui.accounts.name.help"));
        name.setWidthFull();
        TextField description = new TextField(Texts.t("ui.accounts.description"));
        description.setWidthFull();
        new FormDialog(
                        Texts.t("ui.accounts.create"),
                        Texts.t("ui.accounts.create.do"),
                        () -> {
                            service.create(
                                    team.getValue() == null
                                            ? null
                                            : team.getValue().scope().teamId(),
                                    name.getValue(),
                                    description.getValue());
                            refresh();
                        },
                        name,
                        description,
                        team)
                .open();
        name.focus();
    }

    private static Component name(ServiceAccountView account) {
        Span name = new Span(
                account.disabled() ? account.name() + " · " + Texts.t("ui.accounts.disabled") : account.name());
        name.addClassName("row-title");
        Span where = new Span(
                account.description().isBlank() ? account.team() : account.team() + " · " + account.description());
        where.addClassNames("quiet", "small");
        Div cell = new Div(name, where);
        cell.addClassName("two-lines");
        return cell;
    }

    private Component roles(ServiceAccountView account) {
        RoleChips chips = new RoleChips(access, account.name(), this::refresh);
        account.roles()
                .forEach(role -> chips.add(
                        role, role.group() == null && permissions.may(Permission.ACCESS_WRITE, role.scope())));
        return account.roles().isEmpty() ? quiet(Texts.t("ui.access.noRole")) : chips;
    }

    private Component secrets(ServiceAccountView account) {
        if (account.secrets().isEmpty()) {
            return quiet(Texts.t("ui.accounts.noSecret"));
        }
        Div chips = new Div();
        chips.addClassName("chips");
        account.secrets().forEach(secret -> chips.add(chip(secret, mayChange(account))));
        return chips;
    }

    private Component chip(SecretView secret, boolean mayRemove) {
        // One text, which wraps where it is narrow.
        Span words = new Span(
                new Span(Texts.t("ui.accounts.secret.ends", secret.hint())),
                new Span(" "),
                new RelativeTime(secret.endsAt()));
        Span chip = new Span(words);
        chip.addClassName("chip");
        if (mayRemove) {
            Button remove = new Button(Glyph.X.icon(), event -> remove(secret));
            remove.addThemeVariants(ButtonVariant.TERTIARY);
            remove.setAriaLabel(Texts.t("ui.accounts.secret.remove", secret.hint()));
            chip.add(remove);
        }
        return chip;
    }

    private static Span quiet(String text) {
        Span span = new Span(text);
        span.addClassName("quiet");
        return span;
    }

    private boolean mayChange(ServiceAccountView account) {
        return permissions.may(Permission.SERVICE_ACCOUNTS_WRITE, Scope.team(account.teamId()));
    }

    private Component menu(ServiceAccountView account) {
        ActionMenu menu = new ActionMenu(Glyph.ELLIPSIS.icon(), Texts.t("ui.access.actionsFor", account.name()));
        if (!mayChange(account)) {
            Permitted.disable(menu.opener(), Permission.SERVICE_ACCOUNTS_WRITE);
            return menu;
        }
        Permitted.requireAnywhere(
                menu.addAction(Glyph.SHIELD, Texts.t("ui.access.assign"), () -> new AssignDialog(
                                access,
                                account.name(),
                                given -> service.assign(account.id(), given.role(), given.scope(), given.endsAt()),
                                this::refresh)
                        .open()),
                Permission.ACCESS_WRITE);
        menu.addAction(Glyph.KEY_ROUND, Texts.t("ui.accounts.secret.make"), () -> makeSecret(account));
        menu.addAction(
                Glyph.PLUS,
                Texts.t("ui.tokens.make"),
                () -> TokenDialog.open(
                        Texts.t("ui.tokens.make.for", account.name()),
                        access,
                        tokens,
                        tokens.places(),
                        (name, role, scope, endsAt) -> tokens.makeFor(account.id(), name, role, scope, endsAt),
                        this::refresh));
        if (account.disabled()) {
            menu.addAction(Glyph.CIRCLE_CHECK, Texts.t("ui.access.enable"), () -> {
                service.enable(account.id());
                refresh();
            });
        } else {
            menu.addAction(Glyph.BAN, Texts.t("ui.access.disable"), () -> disable(account));
        }
        menu.addAction(Glyph.TRASH_2, Texts.t("ui.accounts.delete"), () -> delete(account));
        return menu;
    }

    private void makeSecret(ServiceAccountView account) {
        DatePicker lastDay = LastDay.within(tokens.longestDays());
        new FormDialog(
                        Texts.t("ui.accounts.secret.make.title", account.name()),
                        Texts.t("ui.accounts.secret.make.do"),
                        () -> {
                            NewSecret made = service.makeSecret(account.id(), LastDay.end(lastDay));
                            refresh();
                            SecretDialog.showSecret(account.id(), made);
                        },
                        lastDay)
                .open();
    }

    private void remove(SecretView secret) {
        Confirm.ask(
                Texts.t("ui.accounts.secret.remove.title", secret.hint()),
                new Paragraph(Texts.t("ui.accounts.secret.remove.what")),
                Texts.t("ui.accounts.secret.remove.do"),
                () -> {
                    service.removeSecret(secret.id());
                    refresh();
                });
    }

    private void disable(ServiceAccountView account) {
        Confirm.ask(
                Texts.t("ui.access.disable.title", account.name()),
                new Paragraph(Texts.t("ui.accounts.disable.what")),
                Texts.t("ui.access.disable"),
                () -> {
                    service.disable(account.id());
                    refresh();
                });
    }

    private void delete(ServiceAccountView account) {
        Confirm.ask(
                Texts.t("ui.accounts.delete.title", account.name()),
                new Paragraph(Texts.t("ui.accounts.delete.what")),
                Texts.t("ui.accounts.delete"),
                () -> {
                    service.delete(account.id());
                    refresh();
                });
    }
}
