package io.howdah.scaling.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.scaling.AutoscaleService;
import io.howdah.scaling.CreditsView;
import io.howdah.scaling.IdlePolicy;
import io.howdah.scaling.IdleStopService;
import io.howdah.scaling.KeptChange;
import io.howdah.scaling.Plan;
import io.howdah.scaling.PlannedChangeService;
import io.howdah.scaling.PlannedChangeView;
import io.howdah.scaling.ScalingService;
import io.howdah.scaling.ScalingView;
import io.howdah.scaling.StorageService;
import io.howdah.scaling.WaitsFor;
import io.howdah.server.LockKind;
import io.howdah.server.LockView;
import io.howdah.server.ServerView;
import io.howdah.server.Size;
import io.howdah.server.ui.Amounts;
import io.howdah.server.ui.Facts;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Zones;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The size of a server and its storage, the other sizes it might have, and what each would mean. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/compute", layout = ServerLayout.class)
public class ComputePage extends ServerPage {

    private final ScalingService scaling;
    private final PlannedChangeService plans;
    private final IdleStopService idle;
    private final Access access;
    private final IdleCard sleep = new IdleCard(this::chooseIdle);
    private final Section now = new Section();
    private final UseCard use = new UseCard();
    private final SizeChoice choice = new SizeChoice(this::chosen);
    private final EffectPane effect = new EffectPane(this::apply);
    private final StorageCard storage;
    private final ChangeHistory history = new ChangeHistory();
    private final Section kept = new Section();
    private final AwaitingRestart awaiting = new AwaitingRestart(this::finish, this::finishInWindow);
    private final PlannedList planned = new PlannedList(this::cancel);
    private final Section plannedCard = new Section(new H3(t("scaling.planned")), planned);
    private final AutoscaleCard autoscale;
    private final Div problems = new Div();
    private ServerView server;
    private ScalingView shown;
    private List<PlannedChangeView> shownPlans = List.of();
    private Optional<KeptChange> shownKept = Optional.empty();

    @Inject
    public ComputePage(
            ScalingService scaling,
            StorageService storage,
            AutoscaleService autoscaling,
            PlannedChangeService plans,
            IdleStopService idle,
            Access access) {
        super("server.page.compute", true);
        this.scaling = scaling;
        this.plans = plans;
        this.idle = idle;
        this.access = access;
        this.storage = new StorageCard(storage, this::watch);
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
        kept.addClassName("card");
        awaiting.addClassName("card");
        plannedCard.addClassName("card");
        add(intro, now, kept, awaiting, plannedCard, use, columns, autoscale, this.storage, sleep, past);
    }

    @Override
    protected void show(ServerView now) {
        boolean same = now.equals(server);
        server = now;
        sleep.show(idle.policy(now.id()), refusal(Permission.SERVERS_STOP));
        storage.show(now.id(), now.wishedRunning(), refusal());
        ScalingView view = scaling.view(now.id());
        autoscale.show(now.id(), view.prices(), forbidden(Permission.SERVERS_AUTOSCALE));
        List<PlannedChangeView> waiting = plans.planned(now.id());
        Optional<KeptChange> inTheWay = waiting.isEmpty() ? scaling.kept(now.id()) : Optional.empty();
        if (same && view.equals(shown) && waiting.equals(shownPlans) && inTheWay.equals(shownKept)) {
            return;
        }
        shown = view;
        shownPlans = waiting;
        shownKept = inTheWay;
        showNow();
        showWaiting();
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
        Paragraph limits = new Paragraph(told(shown.capabilities().limitsNote()));
        limits.addClassName("quiet");
        now.add(limits);
    }

    /** What waits: for somebody's choice, for a restart, for its time. */
    private void showWaiting() {
        kept.removeAll();
        kept.setVisible(shownKept.isPresent());
        shownKept.ifPresent(change -> kept.add(new TransactionChoices(change, this::begun, this::again)));
        awaiting.setVisible(!shown.awaitingRestart().isEmpty());
        awaiting.show(
                shown.awaitingRestart(), TimingChoice.words(plans.nextWindow(server.id()), Zones.mine()), refusal());
        plannedCard.setVisible(!shownPlans.isEmpty());
        planned.show(shownPlans, shown.server().size().code(), refusal());
    }

    private void finish() {
        act(() -> begun(scaling.finish(server.id())));
    }

    private void finishInWindow() {
        act(() -> {
            plans.plan(server.id(), shown.server().wished().code(), new Plan(WaitsFor.WINDOW, null));
            again();
        });
    }

    private void chooseIdle(IdlePolicy policy) {
        act(() -> {
            idle.choose(server.id(), policy);
            Notification.show(t("scaling.idle.saved"));
        });
    }

    private void cancel(UUID plan) {
        act(() -> {
            plans.cancel(server.id(), plan);
            again();
        });
    }

    private void chosen(Size size) {
        problems.removeAll();
        if (size.equals(shown.server().wished())) {
            effect.clear();
            return;
        }
        try {
            effect.show(
                    scaling.effect(server.id(), size.code()),
                    shown.prices(),
                    server.wishedRunning(),
                    plans.nextWindow(server.id()),
                    refusal());
        } catch (ProblemException refused) {
            effect.clear();
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    /** Why the person can't do it, or nobody can; the service decides in the end. */
    private Optional<String> refusal() {
        return refusal(Permission.SERVERS_SCALE);
    }

    private Optional<String> refusal(Permission permission) {
        Optional<String> forbidden = forbidden(permission);
        if (forbidden.isPresent()) {
            return forbidden;
        }
        return LockView.stopping(server.locks(), LockKind.READ_ONLY)
                .map(lock -> t("server.refusal.locked", lock.kind().azureName(), lock.setBy(), lock.place()));
    }

    private Optional<String> forbidden(Permission permission) {
        return access.may(permission, Scope.server(server.teamId(), server.id()))
                ? Optional.empty()
                : Optional.of(t("server.refusal.permission", permission.action(), server.teamName()));
    }

    private void apply(Size size, Optional<Plan> plan) {
        act(() -> {
            if (plan.isPresent()) {
                plans.plan(server.id(), size.code(), plan.get());
                again();
            } else {
                begun(scaling.scale(server.id(), size.code()));
            }
        });
    }

    private void begun(UUID operation) {
        watch(operation);
        again();
    }

    private void again() {
        choice.forget();
        effect.clear();
        shown = null;
        show(server);
    }

    private void act(Runnable act) {
        problems.removeAll();
        try {
            act.run();
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }
}
