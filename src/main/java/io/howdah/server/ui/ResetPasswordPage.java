package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.Route;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.UUID;

/** Gives the administrator of a server a new password. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/reset-password", layout = ServerLayout.class)
public class ResetPasswordPage extends ServerPage {

    private final ServerService servers;
    private final Lifecycle lifecycle;
    private final Paragraph intro = new Paragraph();
    private final PasswordChoice password;
    private final Div problems = new Div();
    private final ActionButton reset =
            new ActionButton(ServerAction.RESET_PASSWORD.title(), Glyph.KEY_ROUND, this::reset).primary();
    private ServerView server;

    @Inject
    public ResetPasswordPage(ServerService servers, Lifecycle lifecycle) {
        super("server.page.resetPassword", true);
        this.servers = servers;
        this.lifecycle = lifecycle;
        password = new PasswordChoice(
                () -> servers.generatePassword(server.administratorLogin()),
                value -> servers.checkPassword(value, server.administratorLogin()),
                () -> t("server.password.file", server.name()));
        reset.setDisableOnClick(true);
        Section card = new Section(intro, password, problems, reset);
        card.addClassNames("card", "decision");
        add(card);
    }

    @Override
    protected void show(ServerView now) {
        server = now;
        intro.setText(t("server.resetPassword.text", now.administratorLogin()));
        reset.refuse(lifecycle.refusal(ServerAction.RESET_PASSWORD, now));
    }

    private void reset() {
        problems.removeAll();
        try {
            if (password.passes()) {
                UUID operation = servers.resetPassword(server.id(), password.password());
                password.forget();
                watch(operation);
                ServerAddress.open(ServerAddress.of(server.name()));
                return;
            }
            password.focus();
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
        reset.refuse(lifecycle.refusal(ServerAction.RESET_PASSWORD, server));
    }
}
