package io.howdah.scaling.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.scaling.ComputePrices;
import io.howdah.scaling.SimulationView;
import io.howdah.server.ui.Amounts;
import io.howdah.server.ui.Facts;
import io.howdah.shared.Messages;
import java.util.List;

/** What autoscale would have done with the last week, as a picture, in figures and change by change. */
final class SimulationPane extends Div {

    private static final int SHOWN = 20;

    SimulationPane() {
        addClassName("simulation");
    }

    void show(SimulationView week, ComputePrices prices) {
        removeAll();
        add(new H4(t("autoscale.simulation")));
        if (week.minutes() == 0) {
            add(quiet(t("autoscale.simulation.none")));
            return;
        }
        String words = t(
                "autoscale.simulation.text",
                week.changes().size(),
                hours(week.vCoreHoursWouldHave()),
                hours(week.vCoreHoursHad()));
        UseChart chart =
                new UseChart(week.from(), week.to(), SimulationView.STRETCH.toMinutes(), t("scaling.vCores"), words);
        week.use().forEach(point -> chart.used(point.at(), point.vCores()));
        week.had().forEach(step -> chart.size(step.at(), step.size().vCores()));
        week.wouldHave().forEach(step -> chart.wouldBe(step.at(), step.size().vCores()));
        add(chart.draw(), legend(), new Paragraph(words), facts(week, prices), quiet(t("autoscale.simulation.caveat")));
        if (!week.changes().isEmpty()) {
            add(list(week.changes()));
        }
    }

    private static Facts facts(SimulationView week, ComputePrices prices) {
        Facts facts = new Facts();
        facts.add(t("autoscale.simulation.seen"), hours(week.minutes() / 60.0));
        facts.add(t("autoscale.simulation.short"), t("autoscale.simulation.minutes", week.minutesShort()));
        if (week.costHad() != null) {
            facts.add(t("autoscale.simulation.costHad"), PriceWords.amount(week.costHad(), prices));
            facts.add(t("autoscale.simulation.cost"), PriceWords.amount(week.costWouldHave(), prices));
        }
        return facts;
    }

    private static Div legend() {
        Div legend = new Div();
        legend.addClassName("chart-legend");
        for (String key : List.of("use", "size", "would-be")) {
            Span entry = new Span(t("autoscale.legend." + key));
            entry.addClassNames("chart-key", "chart-key-" + key);
            legend.add(entry);
        }
        return legend;
    }

    private static UnorderedList list(List<SimulationView.Change> changes) {
        UnorderedList rows = new UnorderedList();
        rows.addClassName("scale-history");
        for (SimulationView.Change change :
                changes.reversed().stream().limit(SHOWN).toList()) {
            Span sizes = new Span(t(
                    "scaling.history.row",
                    change.before().code(),
                    change.after().code()));
            sizes.addClassName("strong");
            Div second = new Div(new Span(Amounts.time(change.at())), new Span(told(change.why())));
            second.addClassNames("quiet", "words");
            Div texts = new Div(sizes, second);
            texts.addClassName("two-lines");
            rows.add(new ListItem(texts));
        }
        return rows;
    }

    private static Paragraph quiet(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("quiet");
        return paragraph;
    }

    private static String hours(double hours) {
        return String.format(Messages.language().locale(), "%.1f h", hours);
    }
}
