package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.howdah.schedule.JobService;
import io.howdah.schedule.JobView;
import io.howdah.shell.Address;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;

/**
 * Everything that is done by itself, the product's own jobs and people's schedules, as a list and as a calendar. What is
 * shown stands in the address.
 */
@CdiComponent
@PermitAll
@Route(JobsAddress.PAGE)
@StyleSheet("context://styles/servers.css")
@StyleSheet("context://styles/schedule.css")
public class JobsView extends Page implements AfterNavigationObserver {

    private final JobService jobs;
    private final Nav tabs = new Nav();
    private final JobFilterBar filters = new JobFilterBar(this::goTo);
    private final Div body = new Div();
    private final JobGrid grid;
    private final WeekView week;
    private JobsAddress address = JobsAddress.ALL;
    private List<JobView> shown = List.of();

    @Inject
    public JobsView(JobService jobs, JobActions actions, Live live) {
        super("ui.page.jobs");
        this.jobs = jobs;
        grid = new JobGrid(actions, this::refresh);
        week = new WeekView(jobs, this::goTo);
        addClassNames("full", "jobs-page");
        tabs.addClassName("page-parts");
        tabs.setAriaLabel(t("ui.page.jobs"));
        body.addClassName("jobs-body");
        add(new PageHeader(t("ui.page.jobs")).below(new Span(t("jobs.what"))), tabs, filters, body);
        live.schedules(this, this::refresh);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        show(JobsAddress.of(event.getLocation().getQueryParameters()));
    }

    private void show(JobsAddress wanted) {
        address = wanted;
        shown = List.of();
        tabs.removeAll();
        tabs.add(tab(address.asCalendar(false), "jobs.list"), tab(address.asCalendar(true), "jobs.week"));
        if (address.calendar()) {
            removeClassName("full");
        } else {
            addClassName("full");
        }
        refresh();
    }

    private Anchor tab(JobsAddress target, String key) {
        Anchor link = new Anchor(target.href(), t(key));
        if (target.calendar() == address.calendar()) {
            link.getElement().setAttribute("aria-current", "page");
        }
        return link;
    }

    private void refresh() {
        List<JobView> all = jobs.list();
        filters.show(
                address,
                all.stream().map(JobView::serverName).filter(Objects::nonNull).toList());
        List<JobView> wanted = all.stream().filter(address::shows).toList();
        if (address.calendar()) {
            week.show(address, wanted);
            put(week);
        } else if (wanted.isEmpty()) {
            put(none());
        } else {
            if (!wanted.equals(shown)) {
                grid.setItems(wanted);
            }
            put(grid);
        }
        shown = wanted;
    }

    private Component none() {
        Button clear = new Button(t("server.filter.clear"), event -> goTo(address.widened()));
        return new EmptyState(Glyph.FUNNEL, t("jobs.none"), t("jobs.none.what"), address.narrowed() ? clear : null);
    }

    private void put(Component wanted) {
        if (body.getComponentCount() != 1 || body.getComponentAt(0) != wanted) {
            body.removeAll();
            body.add(wanted);
        }
    }

    /** Goes to the address that says so, so that the back button leads back; one step leaves a search, not one letter of it. */
    private void goTo(JobsAddress wanted) {
        if (wanted.equals(address)) {
            return;
        }
        boolean typing = !wanted.text().equals(address.text());
        if (typing && !address.text().isBlank() && !wanted.text().isBlank()) {
            Address.replace(wanted.parameters());
            show(wanted);
        } else {
            UI.getCurrent().navigate(JobsAddress.PAGE, QueryParameters.simple(wanted.parameters()));
        }
    }
}
