package io.howdah.access.ui;

import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.AccessService;
import io.howdah.access.NewSecret;
import io.howdah.access.PlaceView;
import io.howdah.access.Scope;
import io.howdah.access.TokenService;
import io.howdah.shell.Texts;
import java.time.Instant;
import java.util.List;

/** Makes a token, and shows it this once. */
final class TokenDialog {

    /** Makes what has been chosen. */
    interface Maker {
        NewSecret make(String name, String role, Scope scope, Instant endsAt);
    }

    private TokenDialog() {}

    static void open(
            String title,
            AccessService access,
            TokenService tokens,
            List<PlaceView> places,
            Maker maker,
            Runnable afterwards) {
        TextField name = new TextField(Texts.t("ui.tokens.name"));
        name.setHelperText(Texts.t("ui.tokens.name.help"));
        name.setWidthFull();
        RoleAndPlace given = new RoleAndPlace(access, places).withLastDayWithin(tokens.longestDays());
        new FormDialog(
                        title,
                        Texts.t("ui.tokens.make.do"),
                        () -> {
                            NewSecret made = maker.make(name.getValue(), given.role(), given.scope(), given.endsAt());
                            afterwards.run();
                            SecretDialog.showToken(made);
                        },
                        name,
                        given)
                .open();
        name.focus();
    }
}
