package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.shell.Glyph;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What narrows the list of jobs and the calendar alike: text, the kind of job, and a server. */
final class JobFilterBar extends Div {

    private final TextField search = new TextField();
    private final Select<JobsAddress.Kind> kind = new Select<>();
    private final ComboBox<String> server = new ComboBox<>();
    private JobsAddress shown = JobsAddress.ALL;
    private Set<String> servers = Set.of();

    /** @param wanted told of each change a person makes */
    JobFilterBar(Consumer<JobsAddress> wanted) {
        addClassName("filters");
        getElement().setAttribute("role", "group").setAttribute("aria-label", t("ui.filters"));
        search.setPlaceholder(t("jobs.filter.find"));
        search.setAriaLabel(t("jobs.filter.find"));
        search.setPrefixComponent(Glyph.SEARCH.icon());
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                wanted.accept(shown.withText(event.getValue()));
            }
        });
        kind.setAriaLabel(t("jobs.filter.kind"));
        kind.setItems(JobsAddress.Kind.values());
        kind.setItemLabelGenerator(each -> t("jobs.filter.kind." + each.name().toLowerCase(Locale.ROOT)));
        kind.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                wanted.accept(shown.withKind(event.getValue()));
            }
        });
        server.setPlaceholder(t("jobs.filter.anyServer"));
        server.setAriaLabel(t("jobs.filter.server"));
        server.setPrefixComponent(Glyph.SERVER.icon());
        server.setClearButtonVisible(true);
        server.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                wanted.accept(shown.withServer(event.getValue()));
            }
        });
        add(search, kind, server);
    }

    /** Offers the servers that have jobs, and the one the address asks for. */
    void show(JobsAddress address, Collection<String> withJobs) {
        shown = address;
        TreeSet<String> offered = new TreeSet<>(withJobs);
        if (!address.server().isBlank()) {
            offered.add(address.server());
        }
        if (!offered.equals(servers)) {
            servers = offered;
            server.setItems(offered);
        }
        server.setValue(address.server().isBlank() ? null : address.server());
        kind.setValue(address.kind());
        if (!search.getValue().strip().equals(address.text().strip())) {
            search.setValue(address.text());
        }
    }
}
