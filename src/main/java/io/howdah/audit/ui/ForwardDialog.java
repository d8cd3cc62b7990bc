package io.howdah.audit.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.audit.ForwardKind;
import io.howdah.audit.ForwardService;
import io.howdah.audit.ForwardView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.CopyField;
import io.howdah.shell.RelativeTime;
import java.util.Locale;

/** Where the audit log is sent on to, how far that has come, and changing it. */
class ForwardDialog extends Dialog {

    private static final int USUAL_PORT = 6514;
    private static final int HIGHEST_PORT = 65_535;

    private final transient ForwardService service;
    private final Div body = new Div();

    ForwardDialog(ForwardService service) {
        super(t("ui.audit.forward.title"));
        this.service = service;
        addClassName("confirm");
        body.addClassName("confirm-body");
        add(body);
        getFooter().add(new Button(t("ui.audit.forward.close"), event -> close()));
        show();
    }

    private void show() {
        body.removeAll();
        body.add(new Paragraph(t("ui.audit.forward.what")));
        for (ForwardKind kind : ForwardKind.values()) {
            ForwardView view = service.forwards().stream()
                    .filter(each -> each.kind() == kind)
                    .findFirst()
                    .orElse(null);
            Section part =
                    new Section(new H3(t("ui.audit.forward." + kind.name().toLowerCase(Locale.ROOT))));
            if (view == null) {
                choose(part, kind);
            } else {
                state(part, view);
            }
            body.add(part);
        }
    }

    private void state(Section part, ForwardView view) {
        Paragraph how = new Paragraph(t("ui.audit.forward.state", view.place(), view.behind()));
        if (view.sentAt() != null) {
            how.add(new Text(" " + t("ui.audit.forward.last") + " "), new RelativeTime(view.sentAt()));
        }
        part.add(how);
        if (view.trouble() != null) {
            part.add(new Paragraph(t("ui.audit.forward.trouble", view.trouble())));
        }
        Button stop = new Button(t("ui.audit.forward.stop"), event -> {
            service.stop(view.kind());
            show();
        });
        stop.addThemeVariants(ButtonVariant.ERROR);
        part.add(stop);
    }

    private void choose(Section part, ForwardKind kind) {
        TextField place =
                new TextField(t(kind == ForwardKind.SYSLOG ? "ui.audit.forward.host" : "ui.audit.forward.address"));
        place.setWidthFull();
        IntegerField port = new IntegerField(t("ui.audit.forward.port"));
        port.setValue(USUAL_PORT);
        port.setMin(1);
        port.setMax(HIGHEST_PORT);
        Button begin = new Button(t("ui.audit.forward.begin"));
        begin.addClickListener(event -> {
            try {
                if (kind == ForwardKind.SYSLOG) {
                    service.toSyslog(place.getValue(), port.isEmpty() ? 0 : port.getValue());
                    show();
                } else {
                    String secret = service.toWebhook(place.getValue());
                    show();
                    body.add(
                            new Paragraph(t("ui.audit.forward.secret")),
                            new CopyField(t("ui.audit.forward.secret.label"), secret));
                }
            } catch (ProblemException refused) {
                place.setErrorMessage(told(refused.problem()).inWords());
                place.setInvalid(true);
            }
        });
        part.add(place);
        if (kind == ForwardKind.SYSLOG) {
            part.add(port);
        }
        part.add(begin);
    }
}
