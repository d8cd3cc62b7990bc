package io.howdah.scaling.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.howdah.scaling.ScalingView;
import io.howdah.server.Size;
import io.howdah.server.SizeOffer;
import io.howdah.server.ui.Amounts;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The catalogue by tier: the server's own size is marked, and what can't be chosen says why. */
final class SizeChoice extends Div {

    private final Consumer<Size> listener;
    private final List<RadioButtonGroup<SizeOffer>> groups = new ArrayList<>();
    private ScalingView view;
    private Size chosen;

    SizeChoice(Consumer<Size> listener) {
        this.listener = listener;
        addClassName("size-table");
    }

    Optional<Size> chosen() {
        return Optional.ofNullable(chosen);
    }

    void forget() {
        chosen = null;
    }

    void show(ScalingView now) {
        view = now;
        groups.clear();
        removeAll();
        add(header());
        Map<Boolean, List<SizeOffer>> byRoom = new LinkedHashMap<>();
        now.offers().forEach(offer -> byRoom.computeIfAbsent(neverFits(offer), any -> new ArrayList<>())
                .add(offer));
        tiers(byRoom.getOrDefault(false, List.of())).forEach(this::add);
        List<SizeOffer> tooLarge = byRoom.getOrDefault(true, List.of());
        if (!tooLarge.isEmpty()) {
            Details others = new Details(t("scaling.others.title", tooLarge.size()));
            Div all = new Div();
            all.addClassName("size-table");
            tiers(tooLarge).forEach(all::add);
            others.add(all);
            add(others);
        }
        mark();
    }

    /** The place itself is too small, whatever else runs on it. */
    private static boolean neverFits(SizeOffer offer) {
        return offer.problem() != null && offer.problem().code() == ProblemCode.SizeTooLarge;
    }

    private List<Component> tiers(List<SizeOffer> offers) {
        Map<String, List<SizeOffer>> tiers = new LinkedHashMap<>();
        offers.forEach(offer -> tiers.computeIfAbsent(offer.size().tier(), tier -> new ArrayList<>())
                .add(offer));
        List<Component> found = new ArrayList<>();
        tiers.forEach((tier, sizes) -> found.add(group(tier, sizes)));
        return found;
    }

    private RadioButtonGroup<SizeOffer> group(String tier, List<SizeOffer> offers) {
        RadioButtonGroup<SizeOffer> group = new RadioButtonGroup<>(tier);
        group.addClassName("size-group");
        group.setItems(offers);
        group.setRenderer(new ComponentRenderer<>(this::row));
        group.setItemEnabledProvider(offer -> !neverFits(offer));
        group.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                chosen = event.getValue().size();
                mark();
                listener.accept(chosen);
            }
        });
        groups.add(group);
        return group;
    }

    /** One group's choice ends that in the others. */
    private void mark() {
        Size marked = chosen == null ? view.server().wished() : chosen;
        for (RadioButtonGroup<SizeOffer> group : groups) {
            group.setValue(group.getListDataView()
                    .getItems()
                    .filter(offer -> offer.size().equals(marked))
                    .findFirst()
                    .orElse(null));
        }
    }

    private static Component header() {
        Div header = new Div(
                new Span(t("scaling.size")),
                new Span(t("scaling.vCores")),
                new Span(t("scaling.memory.short")),
                new Span(t("scaling.connections")));
        header.addClassNames("size-row", "size-header");
        header.getElement().setAttribute("aria-hidden", "true");
        return header;
    }

    private Component row(SizeOffer offer) {
        Size size = offer.size();
        Span code = new Span(size.code());
        code.addClassName("size-code");
        if (size.equals(view.server().size())) {
            Span current = new Span(t("scaling.current"));
            current.addClassName("size-current");
            code.add(current);
        }
        Div row = new Div(
                code,
                cell(Amounts.vCores(size.vCores()), "scaling.vCores"),
                cell(Amounts.memory(size.memoryMib()), "scaling.memory"),
                cell(Integer.toString(size.maxConnections()), "scaling.connections"));
        row.addClassName("size-row");
        if (!neverFits(offer)) {
            row.add(meaning(size));
        }
        Problem problem = offer.problem();
        if (problem != null) {
            Span reason = new Span(told(problem).message());
            reason.addClassName("size-reason");
            row.add(reason);
        }
        return row;
    }

    /** What the last day would have been like on it, what more it costs, and whether clients wait for it. */
    private Component meaning(Size size) {
        Div meaning = new Div();
        meaning.addClassNames("size-meaning", "words", "quiet");
        if (view.use() != null) {
            meaning.add(UseWords.fit(view.use(), size));
        }
        view.prices()
                .monthly(size)
                .ifPresent(price -> meaning.add(
                        new Span(PriceWords.beside(view.prices(), view.server().size(), size))));
        if (!size.equals(view.server().size())) {
            meaning.add(new Span(wait(size)));
        }
        return meaning;
    }

    private String wait(Size size) {
        if (!view.restarts(size)) {
            return t("scaling.choice.untouched");
        }
        return view.expectedHold() == null
                ? t("scaling.choice.restart")
                : t("scaling.choice.restart.expected", ChangeHistory.seconds(view.expectedHold()));
    }

    private static Span cell(String amount, String unit) {
        Span name = new Span(" " + t(unit));
        name.addClassName("cell-unit");
        Span cell = new Span(new Span(amount), name);
        cell.addClassName("number");
        return cell;
    }
}
