package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.ExplanationService;
import io.howdah.access.GroupService;
import io.howdah.access.Permission;
import io.howdah.access.ProjectService;
import io.howdah.access.ProviderService;
import io.howdah.access.RequestService;
import io.howdah.access.RoleService;
import io.howdah.access.Scope;
import io.howdah.access.ServiceAccountService;
import io.howdah.access.TokenService;
import io.howdah.approval.ApprovalPolicyService;
import io.howdah.shell.Address;
import io.howdah.shell.Glyph;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Permitted;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;

/** Who may do what: people with their roles, teams, and what the roles mean. Each part has an address of its own. */
@CdiComponent
@Route("access")
public class AccessView extends Page implements BeforeEnterObserver {

    private enum Part {
        PEOPLE,
        SERVICE_ACCOUNTS,
        TOKENS,
        GROUPS,
        TEAMS,
        PROJECTS,
        ROLES,
        REQUESTS,
        PROVIDERS,
        WHO;

        private String inAddress() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final PeopleList people;
    private final ServiceAccountList accounts;
    private final TokenList tokens;
    private final TeamList teams;
    private final GroupList groups;
    private final ProjectList projects;
    private final RoleList roles;
    private final RequestList requests;
    private final ProviderList providers;
    private final WhoMay who;
    private final Div actions = new Div();
    private final Nav parts = new Nav();
    private final Div content = new Div();

    @Inject
    public AccessView(
            AccessService service,
            GroupService groupService,
            ProjectService projectService,
            RoleService roleService,
            RequestService requestService,
            ProviderService providerService,
            ExplanationService explanations,
            ServiceAccountService accountService,
            TokenService tokenService,
            ApprovalPolicyService policies,
            Access access) {
        super("ui.page.access");
        people = new PeopleList(service, access.mayAnywhere(Permission.ACCESS_WRITE));
        accounts = new ServiceAccountList(accountService, tokenService, service, access);
        tokens = TokenList.all(tokenService, access);
        teams = new TeamList(service, policies, access);
        groups = new GroupList(groupService, service, access.may(Permission.ACCESS_WRITE, Scope.INSTALLATION));
        projects = new ProjectList(projectService, service, access);
        roles = new RoleList(service, roleService, access.may(Permission.ACCESS_WRITE, Scope.INSTALLATION));
        requests = new RequestList(requestService);
        providers = new ProviderList(providerService, access.may(Permission.ACCESS_PROVIDERS, Scope.INSTALLATION));
        who = new WhoMay(explanations, access);
        actions.addClassName("row-actions");
        parts.addClassName("page-parts");
        parts.getElement().setAttribute("aria-label", Texts.t("ui.page.access"));
        add(new PageHeader(Texts.t("ui.page.access"), actions), parts, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Part shown = Address.value(event.getLocation(), "part", Part.class).orElse(Part.PEOPLE);
        parts.removeAll();
        for (Part part : Part.values()) {
            Anchor link = new Anchor("access?part=" + part.inAddress(), Texts.t("ui.access." + part.inAddress()));
            if (part == shown) {
                link.getElement().setAttribute("aria-current", "page");
            }
            parts.add(link);
        }
        actions.removeAll();
        action(shown).ifPresent(actions::add);
        content.removeAll();
        content.add(content(shown));
    }

    private Optional<Button> action(Part part) {
        return Optional.ofNullable(
                switch (part) {
                    case PEOPLE ->
                        anywhere(Permission.ACCESS_WRITE, "ui.access.invite", Glyph.USER_PLUS, people::invite);
                    case SERVICE_ACCOUNTS ->
                        anywhere(Permission.SERVICE_ACCOUNTS_WRITE, "ui.accounts.create", Glyph.PLUS, accounts::create);
                    case TOKENS ->
                        Permitted.require(
                                primary("ui.tokens.limit", Glyph.CLOCK, tokens::limit),
                                Permission.TOKENS_WRITE,
                                Scope.INSTALLATION);
                    case GROUPS -> installation("ui.access.createGroup", groups::create);
                    case TEAMS -> installation("ui.access.createTeam", teams::create);
                    case PROJECTS ->
                        anywhere(Permission.PROJECTS_WRITE, "ui.access.createProject", Glyph.PLUS, projects::create);
                    case ROLES -> installation("ui.access.createRole", roles::create);
                    case PROVIDERS ->
                        Permitted.require(
                                primary("ui.access.createProvider", Glyph.PLUS, ProviderList::create),
                                Permission.ACCESS_PROVIDERS,
                                Scope.INSTALLATION);
                    case REQUESTS, WHO -> null;
                });
    }

    private static Button anywhere(Permission permission, String title, Glyph glyph, Runnable act) {
        return Permitted.requireAnywhere(primary(title, glyph, act), permission);
    }

    private static Button installation(String title, Runnable act) {
        return Permitted.require(primary(title, Glyph.PLUS, act), Permission.ACCESS_WRITE, Scope.INSTALLATION);
    }

    private static Button primary(String title, Glyph glyph, Runnable act) {
        Button button = new Button(Texts.t(title), glyph.icon(), event -> act.run());
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    private Component content(Part part) {
        return switch (part) {
            case PEOPLE -> {
                people.refresh();
                yield people;
            }
            case SERVICE_ACCOUNTS -> {
                accounts.refresh();
                yield accounts;
            }
            case TOKENS -> {
                tokens.refresh();
                yield tokens;
            }
            case GROUPS -> {
                groups.refresh();
                yield groups;
            }
            case TEAMS -> {
                teams.refresh();
                yield teams;
            }
            case PROJECTS -> {
                projects.refresh();
                yield projects;
            }
            case ROLES -> {
                roles.refresh();
                yield roles;
            }
            case REQUESTS -> {
                requests.refresh();
                yield requests;
            }
            case PROVIDERS -> {
                providers.refresh();
                yield providers;
            }
            case WHO -> {
                who.refresh();
                yield who;
            }
        };
    }
}
