package io.howdah.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.shared.Problem;
import io.howdah.shared.Retold;

/** A {@link Problem} on the screen: its sentence, what to do, and the code and correlation id to ask about it with. */
public class ProblemNotice extends Div {

    public ProblemNotice(Problem problem) {
        this(problem, Callers.find().map(Caller::correlationId).orElse(null));
    }

    /** @param said in English; shown in the reader's language
     * @param correlationId of the request or operation that met the problem, or null */
    public ProblemNotice(Problem said, String correlationId) {
        Problem problem = Retold.told(said);
        addClassName("problem-notice");
        getElement().setAttribute("role", "alert");
        Paragraph message = new Paragraph(problem.message());
        message.addClassName("problem-message");
        Paragraph hint = new Paragraph(problem.hint());
        Div reference = new Div(new Code(problem.code().name()));
        reference.addClassName("problem-reference");
        if (correlationId != null) {
            reference.add(new Span(Texts.t("ui.problem.correlation")), new Code(correlationId));
        }
        Div texts = new Div(message, hint, reference);
        texts.addClassName("problem-texts");
        add(Glyph.CIRCLE_ALERT.icon(), texts);
    }

    /** Shows the problem in a corner of the screen until the person closes it. */
    public static void show(Problem problem) {
        show(problem, Callers.find().map(Caller::correlationId).orElse(null));
    }

    public static void show(Problem problem, String correlationId) {
        Notification notification = new Notification();
        notification.setPosition(Notification.Position.BOTTOM_END);
        notification.setDuration(0);
        Button close = new Button(Glyph.X.icon(), event -> notification.close());
        close.addThemeVariants(ButtonVariant.TERTIARY);
        close.setAriaLabel(Texts.t("ui.problem.close"));
        Div line = new Div(new ProblemNotice(problem, correlationId), close);
        line.addClassName("problem-notification");
        notification.add(line);
        notification.open();
    }
}
