package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.access.ProjectService;
import io.howdah.access.ProjectView;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.server.Catalogue;
import io.howdah.server.QuotaService;
import io.howdah.server.SealedDraft;
import io.howdah.server.ServerDraft;
import io.howdah.server.ServerService;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.ProblemNotice;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes a server: all questions on one page, what will come of the answers always beside them. */
@CdiComponent
@PermitAll
@Route("servers/create")
@StyleSheet("context://styles/servers.css")
public class CreateServerView extends Page {

    private static final List<String> SECTIONS = List.of("basics", "compute", "networking", "tags", "review");

    @Inject
    private ServerService servers;

    @Inject
    private ProjectService projects;

    @Inject
    private QuotaService quotas;

    private BasicsSection basics;
    private ComputeSection compute;
    private NetworksField networks;
    private TagsEditor tags;
    private PresetChoice presets;
    private CreateSummary summary;
    private CreateSummary review;
    private final Div problems = new Div();
    private final Button create = new Button(t("server.create.create"));
    private boolean begun;

    public CreateServerView() {
        super("server.create.title");
        addClassName("create-page");
    }

    @PostConstruct
    void build() {
        add(new PageHeader(t("server.create.title")));
        List<ProjectView> places = projects.forNewServers();
        if (places.isEmpty()) {
            add(new EmptyState(
                    Glyph.LOCK,
                    t("server.create.notAllowed.title"),
                    t("server.create.notAllowed.text", Permission.SERVERS_CREATE.action()),
                    ServerAddress.link("servers", t("server.create.back"))));
            return;
        }
        Catalogue catalogue = servers.catalogue();
        if (catalogue.versions().isEmpty()) {
            add(new EmptyState(
                    Glyph.DATABASE,
                    t("server.create.noVersion.title"),
                    t("server.create.noVersion.text", catalogue.capabilities().place()),
                    null));
            return;
        }
        presets = new PresetChoice(catalogue, (size, storageGib) -> compute.choose(size, storageGib));
        basics = new BasicsSection(servers, catalogue.versions(), places, presets, this::changed);
        compute = new ComputeSection(catalogue, this::checkRoom, this::changed);
        CreateSection networking =
                new CreateSection("networking", t("server.create.networking"), t("server.networks.text"));
        networks = new NetworksField(
                servers::checkNetwork, Callers.find().map(Caller::address).orElse(null), this::changed);
        networking.add(networks);
        CreateSection tagging = new CreateSection("tags", t("server.create.tags"), t("server.tags.text"));
        tags = new TagsEditor(this::changed);
        tagging.add(tags);
        summary = new CreateSummary(catalogue, places.size() > 1);
        add(new Div(sectionList(), sections(networking, tagging, catalogue, places.size() > 1), aside()));
        getComponentAt(1).addClassName("create-columns");
        presets.chooseFirst();
        changed();
    }

    private Optional<Problem> checkRoom(String sizeCode, Integer storageGib) {
        return servers.checkRoom(sizeCode, storageGib)
                .or(() -> basics.project().flatMap(place -> quotas.check(place.teamId(), sizeCode, storageGib)));
    }

    private Nav sectionList() {
        Nav list = new Nav();
        list.addClassName("section-list");
        list.setAriaLabel(t("server.create.sections"));
        for (String section : SECTIONS) {
            Anchor jump = new Anchor("servers/create#" + section, t("server.create." + section));
            // a jump within the page: no navigation, so nothing typed is lost
            jump.getElement()
                    .executeJs(
                            "this.addEventListener('click', event => { event.preventDefault();"
                                    + " event.stopPropagation(); const target = document.getElementById($0);"
                                    + " target.scrollIntoView({block: 'start'});"
                                    + " const field = target.querySelector('vaadin-text-field, vaadin-radio-button,"
                                    + " vaadin-button, button'); if (field) field.focus({preventScroll: true}); })",
                            section);
            list.add(jump);
        }
        return list;
    }

    private Div sections(CreateSection networking, CreateSection tagging, Catalogue catalogue, boolean severalPlaces) {
        CreateSection last = new CreateSection("review", t("server.create.review"), t("server.create.reviewText"));
        review = new CreateSummary(catalogue, severalPlaces).whole();
        create.setIcon(Glyph.CHECK.icon());
        create.addThemeVariants(com.vaadin.flow.component.button.ButtonVariant.PRIMARY);
        create.addClassName("create-button");
        // a second press finds it disabled in the browser, and the flag here if it was faster than that
        create.setDisableOnClick(true);
        create.addClickListener(event -> createNow());
        last.add(review, problems, create);
        Div all = new Div(basics, compute, networking, tagging, last);
        all.addClassName("create-sections");
        return all;
    }

    private Div aside() {
        Button toReview = new Button(t("server.create.toReview"), Glyph.ARROW_RIGHT.icon(), event -> review.getElement()
                .executeJs("document.getElementById('review').scrollIntoView({block: 'start'})"));
        toReview.addClassName("to-review");
        toReview.addClickListener(event -> create.focus());
        Div aside = new Div(summary, toReview);
        aside.addClassNames("card", "create-aside");
        return aside;
    }

    private void changed() {
        if (summary == null || review == null) {
            return;
        }
        problems.removeAll();
        presets.show(compute.size().orElse(null), compute.storageGib().orElse(null));
        List.of(summary, review).forEach(shown -> shown.show(basics, compute, networks.networks(), tags.tags()));
    }

    private void createNow() {
        problems.removeAll();
        try {
            // in the order of the page, so that the focus ends at the first thing to mend
            boolean tagsGood = tags.passes();
            boolean networksGood = networks.passes();
            boolean computeGood = compute.passes();
            boolean basicsGood = basics.passes();
            if (!tagsGood || !networksGood || !computeGood || !basicsGood) {
                Paragraph look = new Paragraph(t("server.create.incomplete"));
                look.addClassName("field-error");
                look.getElement().setAttribute("role", "alert");
                problems.add(look);
                if (basicsGood) {
                    goToFirstWrong(computeGood, networksGood);
                }
                return;
            }
            if (!begun) {
                ServerDraft draft = draft();
                boolean waits = compute.waits();
                if (draft.opensToWorld()) {
                    UUID wish = Ids.random();
                    SealedDraft sealed = draft.sealed();
                    SecondPerson.act(
                            () -> servers.createOpen(wish, sealed, waits),
                            operation -> follow(draft.name(), operation));
                } else {
                    follow(draft.name(), waits ? servers.createInLine(draft) : servers.create(draft));
                }
            }
        } catch (ProblemException refused) {
            show(refused.problem());
        } finally {
            create.setEnabled(!begun);
        }
    }

    private void follow(String name, UUID operation) {
        begun = true;
        basics.forgetPassword();
        ServerAddress.open(ServerAddress.connectAfter(name, operation));
    }

    private void goToFirstWrong(boolean computeGood, boolean networksGood) {
        if (!computeGood) {
            compute.scrollIntoView();
        } else if (!networksGood) {
            networks.focus();
        } else {
            tags.focus();
        }
    }

    private ServerDraft draft() {
        Map<String, String> wantedTags = tags.tags();
        return new ServerDraft(
                basics.project().orElseThrow().teamId(),
                basics.project().orElseThrow().id(),
                basics.name(),
                basics.version().orElseThrow().major(),
                compute.size().orElseThrow().code(),
                compute.storageGib().orElseThrow(),
                basics.login(),
                basics.password(),
                basics.database(),
                networks.networks(),
                wantedTags);
    }

    private void show(Problem problem) {
        problems.add(new ProblemNotice(problem));
        if (problem.field() == null || basics.show(problem)) {
            return;
        }
        switch (problem.field()) {
            case "sizeCode", "storageGib" -> compute.show(problem);
            case "allowedNetworks" -> {
                networks.show(problem);
                networks.focus();
            }
            case "tags" -> tags.show(problem);
            default -> {}
        }
    }
}
