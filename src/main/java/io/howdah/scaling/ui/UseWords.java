package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Span;
import io.howdah.scaling.CreditsView;
import io.howdah.scaling.UseSummary;
import io.howdah.server.Size;
import io.howdah.server.ui.Amounts;
import io.howdah.shared.Messages;
import java.util.Locale;

/** What a server used, as people read it. */
final class UseWords {

    private UseWords() {}

    /** Whether the size would have been large enough, with the figures. */
    static Span fit(UseSummary use, Size size) {
        UseSummary.Fit fit = use.on(size);
        String name = fit.name().toLowerCase(Locale.ROOT);
        Span words = new Span(t(
                "scaling.fit." + name,
                percent(use.vCoresMax() / size.vCores()),
                percent(use.memoryMaxMib() / (double) size.memoryMib())));
        words.addClassName("size-fit-" + name.replace('_', '-'));
        return words;
    }

    static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    static String vCores(double vCores) {
        return String.format(Messages.language().locale(), "%.2f", vCores);
    }

    /** The picture of the processor, for those who don't see it. */
    static String cpu(UseSummary use, Size size) {
        return t(
                "scaling.use.cpu.text",
                vCores(use.vCoresAverage()),
                vCores(use.vCoresP95()),
                vCores(use.vCoresMax()),
                Amounts.vCores(size.vCores()));
    }

    static String credits(CreditsView credits) {
        return t("scaling.credits.amount", Math.round(credits.balance()), Math.round(credits.most()));
    }

    static String creditsText(CreditsView credits) {
        return t(
                "scaling.credits.text",
                Amounts.vCores(credits.earnedAMinute()),
                Math.round(credits.balance()),
                Math.round(credits.most()));
    }

    static String memory(UseSummary use, Size size) {
        return t(
                "scaling.use.memory.text",
                Amounts.memory(use.memoryP95Mib()),
                Amounts.memory(use.memoryMaxMib()),
                Amounts.memory(size.memoryMib()));
    }
}
