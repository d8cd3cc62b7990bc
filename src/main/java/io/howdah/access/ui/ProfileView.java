package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.AccessService;
import io.howdah.access.PersonView;
import io.howdah.access.ProfileService;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;

/** The signed-in person's own page: who they are here, what roles they hold, how they want to see the portal, and their password. */
@CdiComponent
@Route("profile")
public class ProfileView extends Page implements BeforeEnterObserver {

    private final AccessService people;
    private final ProfileService profiles;

    @Inject
    public ProfileView(AccessService people, ProfileService profiles) {
        super("ui.page.profile");
        this.people = people;
        this.profiles = profiles;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        PersonView me = people.me();
        removeAll();
        Div cards = new Div(who(me), new ProfileForm(profiles), password(me));
        cards.addClassName("cards");
        add(new PageHeader(Texts.t("ui.page.profile")), new ProfileParts("profile"), cards);
    }

    private static Div who(PersonView me) {
        DescriptionList facts = new DescriptionList();
        facts.addClassName("facts");
        facts.add(
                new DescriptionList.Term(Texts.t("ui.signIn.name")),
                new DescriptionList.Description(me.name()),
                new DescriptionList.Term(Texts.t("ui.access.lastSignIn")),
                new DescriptionList.Description(new RelativeTime(me.lastSignInAt())));
        Div card = new Div(new H2(Texts.t("ui.profile.who")), facts, new H2(Texts.t("ui.profile.roles")));
        card.addClassName("card");
        if (me.roles().isEmpty()) {
            card.add(new Paragraph(Texts.t("ui.profile.noRoles")));
        } else {
            UnorderedList roles = new UnorderedList();
            roles.addClassName("plain-list");
            me.roles().forEach(role -> roles.add(new ListItem(RoleWords.assignment(role))));
            card.add(roles);
        }
        return card;
    }

    private Div password(PersonView me) {
        PasswordField current = new PasswordField(Texts.t("ui.profile.current"));
        current.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        current.setWidthFull();
        NewPassword wanted = new NewPassword(Texts.t("ui.password.new"), me::name);
        Div result = new Div();
        Button change = new Button(Texts.t("ui.profile.change"), event -> {
            result.removeAll();
            try {
                people.changeMyPassword(current.getValue(), wanted.value());
                current.clear();
                wanted.clear();
                Paragraph done = new Paragraph(Texts.t("ui.profile.changed"));
                done.getElement().setAttribute("role", "status");
                result.add(done);
            } catch (ProblemException refused) {
                result.add(new ProblemNotice(refused.problem()));
            }
        });
        change.addThemeVariants(ButtonVariant.PRIMARY);
        Div card = new Div(new H2(Texts.t("ui.profile.password")), current, wanted, result, change);
        card.addClassNames("card", "form-card");
        return card;
    }
}
