package io.howdah.audit.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.howdah.audit.AuditRecordView;
import io.howdah.shared.Messages;
import io.howdah.shell.Texts;
import io.howdah.shell.Zones;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** All that one audit record says. */
class AuditDetails extends Div {

    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS zzz", Locale.ENGLISH);

    private final DescriptionList facts = new DescriptionList();

    AuditDetails(AuditRecordView record) {
        addClassName("audit-details");
        facts.addClassName("facts");
        fact(Texts.t("ui.audit.number"), new Span(Long.toString(record.number())));
        fact(Texts.t("ui.audit.at"), new Span(EXACT.format(record.at().atZone(Zones.mine()))));
        fact(Texts.t("ui.audit.actor"), new Span(record.actor()));
        if (record.address() != null) {
            fact(Texts.t("ui.audit.from"), new Code(record.address()));
        }
        fact(Texts.t("ui.audit.action"), new Code(record.action()));
        fact(Texts.t("ui.audit.result"), new Span(ResultBadge.word(record.result())));
        fact(Texts.t("ui.audit.target"), target(record));
        fact(
                Texts.t("ui.problem.correlation"),
                new Anchor("audit?correlation=" + record.correlationId(), record.correlationId()));
        record.details().forEach((name, value) -> fact(name, new Code(value == null ? "" : value)));
        add(facts);
    }

    /** The action in words, or its own name when there are none. */
    static String words(String action) {
        String key = "ui.action." + action;
        return Messages.has(key) ? Texts.t(key) : action;
    }

    private static Component target(AuditRecordView record) {
        if (record.targetName() == null) {
            return new Span(record.targetType() == null ? "" : record.targetType());
        }
        if ("server".equals(record.targetType())) {
            return new Anchor("servers/" + record.targetName(), record.targetName());
        }
        return new Span(Texts.t("ui.audit.targetOf", record.targetType(), record.targetName()));
    }

    private void fact(String name, Component value) {
        facts.add(new DescriptionList.Term(name), new DescriptionList.Description(value));
    }
}
