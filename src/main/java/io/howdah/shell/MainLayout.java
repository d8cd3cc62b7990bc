package io.howdah.shell;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.Location;
import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.access.PersonView;
import io.howdah.access.ProfileService;
import io.howdah.access.TeamView;
import io.howdah.approval.ApprovalService;
import io.howdah.approval.BreakGlassService;
import io.howdah.approval.ui.GlassBanner;
import io.howdah.notification.NotificationService;
import io.howdah.operation.OperationService;
import io.howdah.server.ServerService;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The frame around every page: top bar, side navigation, and the place of the page itself. */
@CdiComponent
@Layout
@JsModule("context://components/frame.js")
public class MainLayout extends AppLayout implements BeforeEnterObserver, AfterNavigationObserver {

    private final Main main = new Main();
    private final Select<TeamChoice> teamSwitch = new Select<>();
    private final List<TeamView> teams;
    private final Bell bell;
    private final GlassBanner banner;
    private final Span waiting = new Span();
    private final ApprovalService approvals;
    private boolean entered;

    @Inject
    public MainLayout(
            Access access,
            AccessService people,
            ProfileService profiles,
            ServerService servers,
            OperationService operations,
            NotificationService notifications,
            ApprovalService approvals,
            BreakGlassService glass,
            SignOut signOut,
            Live live) {
        teams = people.myTeams();
        this.approvals = approvals;
        banner = new GlassBanner(glass, live);
        setPrimarySection(Section.NAVBAR);
        main.setId("content");
        main.getElement().setAttribute("tabindex", "-1");
        setContent(main);

        DrawerToggle toggle = new DrawerToggle();
        toggle.addThemeVariants(ButtonVariant.TERTIARY);
        toggle.setAriaLabel(Texts.t("ui.navigation.toggle"));
        Div tools = new Div();
        tools.addClassName("top-tools");
        bell = new Bell(notifications, access.mayAnywhere(Permission.OPERATIONS_READ) ? operations : null, live);
        Div person = new Div(personMenu(people.me(), signOut));
        ProfileChanged.follow(person, profile -> {
            person.removeAll();
            person.add(personMenu(people.me(), signOut));
        });
        tools.add(bell, new ThemeSwitch(profiles), person);
        Div find = new Div();
        find.addClassName("top-find");
        if (teams.size() > 1) {
            find.add(teamSwitch());
        }
        find.add(new Search(access, servers, operations));
        Header top = new Header(skipLink(), toggle, product(), find, tools);
        top.addClassName("top-bar");
        addToNavbar(top);
        addToDrawer(navigation(access));
        waiting.addClassName("nav-count");
        live.approvals(waiting, this::showWaiting);
    }

    private NativeButton skipLink() {
        NativeButton skip = new NativeButton(Texts.t("ui.skip"));
        skip.addClassName("skip-link");
        skip.getElement().executeJs("this.addEventListener('click', () => document.getElementById('content').focus())");
        return skip;
    }

    private static Anchor product() {
        Image logo = new Image("images/howdah.svg", "");
        Span name = new Span(Texts.t("ui.product"));
        Anchor product = new Anchor("", logo, name);
        product.setAriaLabel(Texts.t("ui.product.home"));
        product.addClassName("product");
        return product;
    }

    private SideNav navigation(Access access) {
        SideNav navigation = new SideNav();
        navigation.getElement().setAttribute("aria-label", Texts.t("ui.navigation"));
        for (Destination page : Destination.values()) {
            if (page.inNavigation() && page.openTo(access)) {
                SideNavItem item =
                        new SideNavItem(page.title(), page.path(), page.glyph().icon());
                item.setMatchNested(page != Destination.HOME);
                if (page == Destination.APPROVALS) {
                    item.setSuffixComponent(waiting);
                }
                navigation.addItem(item);
            }
        }
        return navigation;
    }

    private void showWaiting() {
        int count = approvals.waiting().size();
        waiting.setVisible(count > 0);
        waiting.setText(String.valueOf(count));
        waiting.setTitle(Texts.count("approval.waiting", count));
    }

    private static ActionMenu personMenu(PersonView me, SignOut signOut) {
        String name = me.displayName() == null || me.displayName().isBlank() ? me.name() : me.displayName();
        String initials = initials(name);
        Span face = new Span();
        face.addClassName("initials");
        face.getElement().setAttribute("data-initials", initials).setAttribute("aria-hidden", "true");
        ActionMenu menu = new ActionMenu(face, Texts.t("ui.person", name, initials));
        Span signInName = new Span(me.name());
        signInName.addClassName("quiet");
        Div who = new Div(new Span(name), signInName);
        who.addClassName("person-menu-name");
        menu.addContent(who);
        menu.addAction(
                Glyph.USER, Texts.t("ui.page.profile"), () -> UI.getCurrent().navigate("profile"));
        menu.addAction(Glyph.LOG_OUT, Texts.t("ui.signOut"), signOut::now);
        return menu;
    }

    private static String initials(String name) {
        String[] words = name.strip().split("[\\s._@-]+");
        String first = words[0].substring(0, Math.min(1, words[0].length()));
        String second = words.length > 1 ? words[1].substring(0, 1) : "";
        return (first + second).toUpperCase(Locale.ROOT);
    }

    private Component teamSwitch() {
        teamSwitch.addClassName("team-switch");
        teamSwitch.setAriaLabel(Texts.t("ui.team"));
        teamSwitch.setPrefixComponent(Glyph.BUILDING_2.icon());
        teamSwitch.setEmptySelectionAllowed(true);
        teamSwitch.setEmptySelectionCaption(Texts.t("ui.team.all"));
        teamSwitch.setPlaceholder(Texts.t("ui.team.all"));
        teamSwitch.setItemLabelGenerator(team -> team == null ? Texts.t("ui.team.all") : team.name());
        teamSwitch.setItems(teams.stream()
                .map(team -> new TeamChoice(team.id(), team.name()))
                .toList());
        teamSwitch.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                TeamChoice.choose(event.getValue());
                Location here = UI.getCurrent().getActiveViewLocation();
                // Leaving the parameter out while choosing all teams is what tells a reload so.
                UI.getCurrent()
                        .navigate(here.getPath(), here.getQueryParameters().excluding(TeamChoice.PARAMETER));
            }
        });
        return teamSwitch;
    }

    /** Before the page reads its filters: the address wins over what the session remembers. */
    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Address.value(event.getLocation(), TeamChoice.PARAMETER)
                .flatMap(name -> teams.stream()
                        .filter(team -> team.name().equalsIgnoreCase(name))
                        .findFirst())
                .ifPresent(team -> TeamChoice.choose(new TeamChoice(team.id(), team.name())));
        teamSwitch.setValue(TeamChoice.current().orElse(null));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        bell.close();
        banner.refresh();
        showWaiting();
        Location here = event.getLocation();
        if (TeamChoice.current().isPresent()
                && Address.value(here, TeamChoice.PARAMETER).isEmpty()) {
            Map<String, String> parameters = new LinkedHashMap<>();
            here.getQueryParameters()
                    .getParameters()
                    .forEach((name, values) -> parameters.put(name, values.getFirst()));
            Address.replace(here.getPath(), parameters);
        }
        if (entered && isOverlay()) {
            setDrawerOpened(false);
        }
        entered = true;
    }

    @Override
    public void showRouterLayoutContent(HasElement content) {
        main.getElement().removeAllChildren();
        main.getElement().appendChild(banner.getElement(), content.getElement());
        main.getElement().executeJs("this.scrollTop = 0; window.scrollTo(0, 0)");
    }

    @Override
    public void removeRouterLayoutContent(HasElement old) {
        main.getElement().removeAllChildren();
    }
}
