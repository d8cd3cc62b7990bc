package io.howdah.shell;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Retold;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/** The page that stands where a page could not be shown. */
@CdiComponent
@ParentLayout(MainLayout.class)
public class FailurePage extends Page implements HasErrorParameter<Exception> {

    private static final Set<ProblemCode> MISSING =
            Set.of(ProblemCode.NotFound, ProblemCode.ServerGone, ProblemCode.DatabaseNotFound);

    public FailurePage() {
        super("ui.failure.title");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        Failure failure = Failure.of(parameter.getException());
        removeAll();
        Problem problem = Retold.told(failure.problem());
        if (MISSING.contains(problem.code())) {
            add(
                    new PageHeader(Texts.t("ui.failure.missing")),
                    new EmptyState(Glyph.SEARCH, problem.message(), problem.hint(), home()));
            return HttpServletResponse.SC_NOT_FOUND;
        }
        add(new PageHeader(Texts.t("ui.failure.title")), new ProblemNotice(problem, failure.correlationId()), home());
        return problem.code() == ProblemCode.AccessDenied
                ? HttpServletResponse.SC_FORBIDDEN
                : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    static Anchor home() {
        return new Anchor("", Texts.t("ui.failure.home"));
    }
}
