package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.AccessService;
import io.howdah.access.TokenService;
import io.howdah.shell.Glyph;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;

/** The signed-in person's own tokens: making and revoking them. */
@CdiComponent
@Route("profile/tokens")
public class TokensView extends Page implements BeforeEnterObserver {

    private final TokenList list;

    @Inject
    public TokensView(TokenService tokens, AccessService access) {
        super("ui.page.profile_tokens");
        list = TokenList.mine(tokens);
        Button make = new Button(
                Texts.t("ui.tokens.make"),
                Glyph.PLUS.icon(),
                event -> TokenDialog.open(
                        Texts.t("ui.tokens.make"), access, tokens, tokens.places(), tokens::makeMine, list::refresh));
        make.addThemeVariants(ButtonVariant.PRIMARY);
        add(
                new PageHeader(Texts.t("ui.page.profile_tokens"), make),
                new ProfileParts("profile/tokens"),
                new Paragraph(Texts.t("ui.tokens.what")),
                list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        list.refresh();
    }
}
