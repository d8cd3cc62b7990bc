package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.access.ProjectView;
import io.howdah.server.ServerState;
import io.howdah.shell.Glyph;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What narrows the list of servers: a field to search in, and chips that are pressed or not. */
final class ServerFilterBar extends Div {

    private final TextField search = new TextField();
    private final Select<ProjectView> project = new Select<>();
    private final Div chips = new Div();
    private List<ProjectView> projects = List.of();
    private final Consumer<ServersAddress> wanted;
    private ServersAddress shown = ServersAddress.ALL;
    private Set<ServerState> states = EnumSet.noneOf(ServerState.class);
    private SortedSet<Integer> versions = new TreeSet<>();

    /** @param wanted told of each change a person makes */
    ServerFilterBar(Consumer<ServersAddress> wanted) {
        this.wanted = wanted;
        addClassName("filter-bar");
        search.setPlaceholder(t("server.filter.search"));
        search.setAriaLabel(t("server.filter.search"));
        search.setPrefixComponent(Glyph.SEARCH.icon());
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addClassName("filter-search");
        search.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                wanted.accept(shown.withText(event.getValue()));
            }
        });
        chips.addClassName("filter-chips");
        chips.getElement().setAttribute("role", "group");
        chips.getElement().setAttribute("aria-label", t("server.filter.label"));
        project.setAriaLabel(t("server.filter.project"));
        project.setEmptySelectionAllowed(true);
        project.setEmptySelectionCaption(t("server.filter.project.all"));
        project.setPlaceholder(t("server.filter.project.all"));
        project.setVisible(false);
        project.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                wanted.accept(shown.withProject(
                        event.getValue() == null ? null : event.getValue().id()));
            }
        });
        add(search, project, chips);
    }

    /** Offers the states and versions that occur, and those the address asks for. */
    void offer(Set<ServerState> occurringStates, Set<Integer> occurringVersions) {
        states = occurringStates;
        versions = new TreeSet<>(occurringVersions);
        show(shown);
    }

    /** @param severalTeams whether a project's name needs its team's beside it */
    void offerProjects(List<ProjectView> offered, boolean severalTeams) {
        if (!offered.equals(projects)) {
            projects = offered;
            project.setItems(offered);
        }
        project.setItemLabelGenerator(one -> one == null
                ? t("server.filter.project.all")
                : severalTeams ? one.teamName() + " / " + one.name() : one.name());
        project.setVisible(offered.size() > 1 || shown.project() != null);
        show(shown);
    }

    void show(ServersAddress address) {
        shown = address;
        project.setValue(projects.stream()
                .filter(one -> one.id().equals(address.project()))
                .findFirst()
                .orElse(null));
        if (!search.getValue().strip().equals(address.text())) {
            search.setValue(address.text());
        }
        List<Component> wantedChips = new ArrayList<>();
        if (!address.deleted()) {
            EnumSet<ServerState> offered = EnumSet.noneOf(ServerState.class);
            offered.addAll(states);
            offered.addAll(address.states());
            offered.forEach(state -> wantedChips.add(
                    chip(state.words(), address.states().contains(state), now -> now.withStates(toggled(state)))));
        }
        SortedSet<Integer> offeredVersions = new TreeSet<>(versions);
        if (address.version() != null) {
            offeredVersions.add(address.version());
        }
        if (offeredVersions.size() > 1 || address.version() != null) {
            offeredVersions
                    .reversed()
                    .forEach(version -> wantedChips.add(chip(
                            t("server.filter.version", version.toString()),
                            version.equals(address.version()),
                            now -> now.withVersion(version.equals(now.version()) ? null : version))));
        }
        if (address.narrowed()) {
            Button clear = new Button(t("server.filter.clear"), event -> wanted.accept(shown.widened()));
            clear.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            wantedChips.add(clear);
        }
        chips.removeAll();
        chips.add(wantedChips);
    }

    private Set<ServerState> toggled(ServerState state) {
        EnumSet<ServerState> now = EnumSet.noneOf(ServerState.class);
        now.addAll(shown.states());
        if (!now.remove(state)) {
            now.add(state);
        }
        return now;
    }

    private Button chip(String text, boolean pressed, UnaryOperator<ServersAddress> change) {
        Button chip = new Button(text, event -> wanted.accept(change.apply(shown)));
        chip.addThemeVariants(ButtonVariant.SMALL);
        chip.addClassName("chip");
        if (pressed) {
            chip.setIcon(Glyph.CHECK.icon());
        }
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(pressed));
        return chip;
    }
}
