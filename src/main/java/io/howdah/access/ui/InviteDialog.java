package io.howdah.access.ui;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.AccessService;
import io.howdah.access.OneTimeLink;
import io.howdah.shell.Texts;

/** Invites a person: makes their account and the one-time link with which they set their password. */
class InviteDialog {

    private final Dialog dialog;
    private final TextField name = new TextField(Texts.t("ui.signIn.name"));

    InviteDialog(AccessService service, Runnable afterwards) {
        TextField displayName = new TextField(Texts.t("ui.welcome.displayName"));
        RoleAndPlace given = new RoleAndPlace(service, service.placesToGive()).withoutEnd();
        name.setHelperText(Texts.t("ui.welcome.name.help"));
        name.setWidthFull();
        displayName.setWidthFull();
        dialog = new FormDialog(
                Texts.t("ui.access.invite"),
                Texts.t("ui.access.invite.do"),
                () -> {
                    OneTimeLink link = service.invite(
                            name.getValue().strip(), displayName.getValue().strip(), given.role(), given.scope());
                    afterwards.run();
                    LinkDialog.show(link);
                },
                name,
                displayName,
                given);
    }

    void open() {
        dialog.open();
        name.focus();
    }
}
