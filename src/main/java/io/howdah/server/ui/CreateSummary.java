package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.server.Catalogue;
import io.howdah.server.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What will come of the answers given so far, and which are missing. */
final class CreateSummary extends Div {

    private final Catalogue catalogue;
    private final boolean severalPlaces;
    private boolean whole;

    CreateSummary(Catalogue catalogue, boolean severalPlaces) {
        this.catalogue = catalogue;
        this.severalPlaces = severalPlaces;
        addClassName("create-summary");
    }

    /** Shows everything that was answered, for the review, without a heading of its own. */
    CreateSummary whole() {
        whole = true;
        return this;
    }

    void show(BasicsSection basics, ComputeSection compute, List<String> networks, Map<String, String> tags) {
        removeAll();
        Facts facts = new Facts();
        facts.add(t("server.create.name"), text(basics.name()));
        if (severalPlaces) {
            facts.add(
                    t("server.create.project"),
                    text(basics.project()
                            .map(project -> project.teamName() + " / " + project.name())
                            .orElse("")));
        }
        facts.add(
                t("server.create.version"),
                text(basics.version()
                        .map(version -> t("server.create.versionShort", version.full()))
                        .orElse("")));
        facts.add(t("server.column.size"), size(compute.size().orElse(null)));
        facts.add(
                t("server.column.storage"),
                text(compute.storageGib()
                        .map(gib -> t("server.amount.gib", gib))
                        .orElse("")));
        facts.add(t("server.create.administrator"), text(basics.login()));
        if (whole) {
            facts.add(t("server.create.database"), text(basics.database().isEmpty() ? "postgres" : basics.database()));
        }
        facts.add(
                t("server.overview.networks"),
                text(networks.isEmpty() ? t("server.networks.host") : String.join(", ", networks)));
        if (whole) {
            facts.add(t("server.column.tags"), TagChips.of(tags));
        }
        if (!whole) {
            add(new H2(t("server.create.summary")));
        }
        add(facts);
        if (whole && !catalogue.capabilities().limitsEnforced()) {
            add(ComputeSection.limitsNote(catalogue.capabilities().limitsNote()));
        }
        add(missing(basics, compute));
    }

    private Component missing(BasicsSection basics, ComputeSection compute) {
        List<String> missing = new ArrayList<>();
        if (!basics.nameReady()) {
            missing.add(t("server.create.missing.name"));
        }
        if (!basics.loginReady()) {
            missing.add(t("server.create.missing.login"));
        }
        if (!basics.passwordReady()) {
            missing.add(t("server.create.missing.password"));
        }
        if (!compute.ready()) {
            missing.add(t("server.create.missing.compute"));
        }
        if (missing.isEmpty()) {
            Paragraph ready = new Paragraph(
                    t("server.create.ready", catalogue.capabilities().place()));
            ready.addClassName("quiet");
            return ready;
        }
        UnorderedList list = new UnorderedList();
        missing.forEach(one -> list.add(new ListItem(one)));
        Div all = new Div(new Span(t("server.create.missing")), list);
        all.addClassName("missing");
        return all;
    }

    private static Component size(Size size) {
        if (size == null) {
            return text("");
        }
        Span code = new Span(size.code());
        Span words = new Span(t(
                "server.size.long",
                Amounts.vCores(size.vCores()),
                Amounts.memory(size.memoryMib()),
                Integer.toString(size.maxConnections())));
        words.addClassName("quiet");
        Div both = new Div(code, words);
        both.addClassName("two-lines");
        return both;
    }

    private static Span text(String text) {
        Span span = new Span(text.isBlank() ? t("server.none") : text);
        if (text.isBlank()) {
            span.addClassName("quiet");
        }
        return span;
    }
}
