package io.howdah.access.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.AccessService;
import io.howdah.access.GroupService;
import io.howdah.access.ProviderDoor;
import io.howdah.access.ProviderDraft;
import io.howdah.access.ProviderFinding;
import io.howdah.access.ProviderService;
import io.howdah.access.ProviderView;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.CopyField;
import io.howdah.shell.Glyph;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** One OpenID provider: how it is spoken to, who may come in by it, and what its groups come to. */
@CdiComponent
@Route(ProviderPage.PATH + ":id")
public class ProviderPage extends Page implements BeforeEnterObserver {

    static final String PATH = "access/providers/";
    static final String NEW = "new";

    private static final String ALL = "access?part=providers";

    private final ProviderService providers;
    private final AccessService access;
    private final GroupService groups;
    private final Div findings = new Div();
    private final Div problems = new Div();

    @Inject
    public ProviderPage(ProviderService providers, AccessService access, GroupService groups) {
        super("ui.provider.new");
        this.providers = providers;
        this.access = access;
        this.groups = groups;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("id").orElse("");
        List<ProviderView> all = providers.providers();
        ProviderView shown = wanted.equals(NEW)
                ? null
                : all.stream()
                        .filter(each -> each.id().toString().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "provider", wanted)
                                .raise());
        String title = shown == null
                ? Texts.t("ui.provider.new")
                : Texts.t("ui.provider.edit", shown.draft().name());
        setName(title);
        ProviderForm form = new ProviderForm(access, groups, shown);
        Button test = new Button(Texts.t("ui.provider.test"), Glyph.PLAY.icon(), click -> test(form));
        Button save = new Button(Texts.t("ui.provider.save"), click -> save(shown, form));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        PageHeader header = new PageHeader(title, test, save).below(new Anchor(ALL, Texts.t("ui.provider.all")));
        if (shown != null) {
            Button delete = new Button(Texts.t("ui.provider.delete"), Glyph.TRASH_2.icon(), click -> delete(shown));
            header.setActions(test, delete, save);
        }
        Div cards = new Div(form.cards(findings));
        cards.add(addresses());
        cards.addClassName("cards");
        removeAll();
        add(header, problems, cards);
    }

    private static Div addresses() {
        String origin = PasskeyPrompt.site().origin();
        Div card = new Div(
                new H2(Texts.t("ui.provider.register")),
                new CopyField(Texts.t("ui.provider.register.callback"), origin + ProviderDoor.CALLBACK),
                new CopyField(Texts.t("ui.provider.register.signedOut"), origin + "/sign-in"),
                new CopyField(Texts.t("ui.provider.register.backChannel"), origin + ProviderDoor.BACK_CHANNEL));
        card.addClassNames("card", "form-card");
        return card;
    }

    private void test(ProviderForm form) {
        findings.removeAll();
        problems.removeAll();
        findings.getElement().setAttribute("role", "status");
        try {
            List<ProviderFinding> found = providers.test(form.draft());
            list("ui.provider.test.fine", found, true);
            list("ui.provider.test.look", found, false);
        } catch (ProblemException refused) {
            findings.add(new ProblemNotice(refused.problem()));
        }
    }

    private void list(String title, List<ProviderFinding> found, boolean fine) {
        UnorderedList list = new UnorderedList();
        found.stream()
                .filter(finding -> finding.fine() == fine)
                .forEach(finding -> list.add(new ListItem(told(finding.sentence()))));
        if (list.getComponentCount() > 0) {
            findings.add(new Paragraph(Texts.t(title)), list);
        }
    }

    private void save(ProviderView shown, ProviderForm form) {
        problems.removeAll();
        UUID id = shown == null ? null : shown.id();
        try {
            ProviderDraft draft = form.draft();
            SecondPerson.act(() -> providers.save(id, draft), saved -> {
                if (!form.secret().isBlank()) {
                    providers.setSecret(saved, form.secret());
                }
                UI.getCurrent().navigate(ALL);
            });
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
            problems.scrollIntoView();
        }
    }

    private void delete(ProviderView shown) {
        Confirm.ask(
                Texts.t("ui.provider.delete.title", shown.draft().name()),
                new Paragraph(Texts.t("ui.provider.delete.what")),
                Texts.t("ui.provider.delete"),
                () -> {
                    providers.delete(shown.id());
                    UI.getCurrent().navigate(ALL);
                });
    }
}
