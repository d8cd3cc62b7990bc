package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import io.howdah.scaling.CreditsView;
import io.howdah.scaling.ScalingView;
import io.howdah.scaling.UseSummary;
import io.howdah.server.Size;
import java.time.Duration;
import java.time.Instant;

/** What the server used of its size in the last day. */
final class UseCard extends Section {

    private static final Duration DAY = Duration.ofDays(1);

    UseCard() {
        addClassName("card");
    }

    /** @param now the picture's right end */
    void show(ScalingView view, Instant now) {
        removeAll();
        add(new H3(t("scaling.use")));
        UseSummary use = view.use();
        if (use == null) {
            Paragraph none = new Paragraph(t("scaling.use.none"));
            none.addClassName("quiet");
            add(none);
            return;
        }
        Size size = view.server().size();
        Instant from = now.minus(DAY);
        String cpu = UseWords.cpu(use, size);
        String memory = UseWords.memory(use, size);
        UseChart cpuChart = chart(from, now, t("scaling.vCores"), cpu);
        UseChart memoryChart = chart(from, now, "MiB", memory);
        view.daySizes().forEach(step -> {
            cpuChart.size(step.at(), step.size().vCores());
            memoryChart.size(step.at(), step.size().memoryMib());
        });
        view.day().forEach(point -> {
            cpuChart.used(point.at(), point.vCores());
            memoryChart.used(point.at(), point.memoryMib());
        });
        Div charts = new Div(
                figure(t("scaling.use.cpu"), cpuChart.draw(), cpu),
                figure(t("scaling.memory"), memoryChart.draw(), memory));
        charts.addClassName("use-charts");
        if (view.credits() != null) {
            charts.add(credits(view.credits(), from, now));
        }
        add(charts);
    }

    private static Component credits(CreditsView credits, Instant from, Instant now) {
        String words = UseWords.creditsText(credits);
        UseChart chart = chart(from, now, t("scaling.credits"), words).size(from, credits.most());
        credits.day().forEach((at, balance) -> chart.used(at, balance));
        return figure(t("scaling.credits"), chart.draw(), words);
    }

    private static UseChart chart(Instant from, Instant to, String unit, String alternative) {
        return new UseChart(from, to, ScalingView.STRETCH.toMinutes(), unit, alternative);
    }

    private static Component figure(String title, UseChart chart, String words) {
        Paragraph text = new Paragraph(words);
        text.addClassName("quiet");
        // The picture says the same to those who can't see it.
        text.getElement().setAttribute("aria-hidden", "true");
        Div figure = new Div(new H4(title), chart, text);
        figure.addClassName("use-figure");
        return figure;
    }
}
