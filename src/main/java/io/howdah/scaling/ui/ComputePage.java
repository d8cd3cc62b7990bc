package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.scaling.AutoscaleService;
import io.howdah.scaling.CreditsView;
import io.howdah.scaling.ScalingService;
import io.howdah.scaling.ScalingView;
import io.howdah.server.LockKind;
import io.howdah.server.ServerView;
import io.howdah.server.Size;
import io.howdah.server.ui.Amounts;
import io.howdah.server.ui.Facts;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/** The size of a server and its storage, the other sizes it might have, and what each would mean. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/compute", layout = ServerLayout.class)
public class ComputePage extends ServerPage {

    private final ScalingService scaling;
    private final Access access;
    private final Section now = new Section();
    private final UseCard use = new UseCard();
    private final SizeChoice choice = new SizeChoice(this::chosen);
    private final EffectPane effect = new EffectPane(this::apply);
    private final ChangeHistory history = new ChangeHistory();
    private final AutoscaleCard autoscale;
    private final Div problems = new Div();
    private ServerView server;
    private ScalingView shown;

    @Inject
    public ComputePage(ScalingService scaling, AutoscaleService autoscaling, Access access) {
        super("server.page.compute", true);
        this.scaling = scaling;
        this.access = access;
        autoscale = new AutoscaleCard(autoscaling);
        Paragraph intro = new Paragraph(t("scaling.text"));
        intro.addClassName("quiet");
        now.addClassName("card");
        Section sizes = new Section(new H3(t("scaling.choose")), choice);
        sizes.addClassName("card");
        Section changes = new Section(new H3(t("scaling.changes")), effect, problems);
        changes.addClassNames("card", "scale-changes");
        changes.getElement().setAttribute("aria-live", "polite");
        Section past = new Section(new H3(t("scaling.history")), history);
        past.addClassName("card");
        Div columns = new Div(sizes, changes);
        columns.addClassName("scale-columns");
        add(intro, now, use, columns, autoscale, past);
    }

    @Override
    protected void show(ServerView now) {
        boolean same = now.equals(server);
        server = now;
        ScalingView view = scaling.view(now.id());
        autoscale.show(now.id(), view.prices(), forbidden(Permission.SERVERS_AUTOSCALE));
        if (same && view.equals(shown)) {
            return;
        }
        shown = view;
        showNow();
        use.show(view, Instant.now());
        choice.show(view);
        history.show(view.changes());
        choice.chosen().ifPresentOrElse(this::chosen, effect::clear);
    }

    private void showNow() {
        Size size = shown.server().size();
        Facts facts = new Facts();
        facts.add(t("scaling.size"), size.code());
        if (!shown.server().wished().equals(size)) {
            facts.add("", t("scaling.wished", shown.server().wished().code()));
        }
        facts.add(t("scaling.vCores"), Amounts.vCores(size.vCores()));
        facts.add(t("scaling.memory"), Amounts.memory(size.memoryMib()));
        facts.add(t("scaling.connections"), Integer.toString(size.maxConnections()));
        facts.add(t("scaling.storage"), server.storageGib() + " GiB");
        CreditsView credits = shown.credits();
        if (credits != null) {
            facts.add(t("scaling.credits"), UseWords.credits(credits));
        }
        now.removeAll();
        now.add(new H3(t("scaling.now")), facts);
        if (credits != null && credits.held()) {
            now.add(new Paragraph(t("scaling.credits.held", Amounts.vCores(credits.earnedAMinute()))));
        }
        if (!shown.capabilities().limitsEnforced()) {
            Paragraph note = new Paragraph(shown.capabilities().limitsNote());
            note.addClassName("quiet");
            now.add(note);
        }
    }

    private void chosen(Size size) {
        problems.removeAll();
        if (size.equals(shown.server().wished())) {
            effect.clear();
            return;
        }
        try {
            effect.show(scaling.effect(server.id(), size.code()), shown.prices(), server.wishedRunning(), refusal());
        } catch (ProblemException refused) {
            effect.clear();
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    /** Why the person can't do it, or nobody can; the service decides in the end. */
    private Optional<String> refusal() {
        Optional<String> forbidden = forbidden(Permission.SERVERS_SCALE);
        if (forbidden.isPresent()) {
            return forbidden;
        }
        return server.locks().stream()
                .filter(lock -> lock.kind() == LockKind.READ_ONLY)
                .findFirst()
                .map(lock -> t("server.refusal.locked", lock.kind().azureName(), lock.setBy()));
    }

    private Optional<String> forbidden(Permission permission) {
        return access.may(permission, Scope.team(server.teamId()))
                ? Optional.empty()
                : Optional.of(t("server.refusal.permission", permission.action(), server.teamName()));
    }

    private void apply(Size size) {
        problems.removeAll();
        try {
            watch(scaling.scale(server.id(), size.code()));
            choice.forget();
            effect.clear();
            shown = null;
            show(server);
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }
}
