package io.howdah.scaling.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import io.howdah.shared.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a server used as an area over time, with the sizes it had, and might have had, as lines. */
@Tag("howdah-use-chart")
@JsModule("context://components/use-chart.js")
final class UseChart extends Component {

    private final Instant from;
    private final Instant to;
    private final long stretchMinutes;
    private final String unit;
    private final List<double[]> use = new ArrayList<>();
    private final List<double[]> sizes = new ArrayList<>();
    private final List<double[]> wouldBe = new ArrayList<>();

    /** @param stretchMinutes how long each point holds */
    UseChart(Instant from, Instant to, long stretchMinutes, String unit, String alternative) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", alternative);
        this.from = from;
        this.to = to;
        this.stretchMinutes = stretchMinutes;
        this.unit = unit;
    }

    UseChart used(Instant at, double amount) {
        use.add(point(at, amount));
        return this;
    }

    /** From then on. */
    UseChart size(Instant at, double amount) {
        sizes.add(point(at, amount));
        return this;
    }

    /** From then on, had it been so. */
    UseChart wouldBe(Instant at, double amount) {
        wouldBe.add(point(at, amount));
        return this;
    }

    private double[] point(Instant at, double amount) {
        return new double[] {(at.toEpochMilli() - from.toEpochMilli()) / 60_000.0, Math.round(amount * 1000) / 1000.0};
    }

    UseChart draw() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("from", from.toString());
        model.put("to", to.toString());
        model.put("stretch", stretchMinutes);
        model.put("unit", unit);
        model.put("use", use);
        model.put("sizes", sizes);
        model.put("wouldBe", wouldBe);
        getElement().setAttribute("model", Json.write(model));
        return this;
    }
}
