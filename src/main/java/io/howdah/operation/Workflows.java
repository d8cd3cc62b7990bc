package io.howdah.operation;

import io.howdah.shared.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All workflows of the product, by kind, and their titles. */
@ApplicationScoped
class Workflows {

    private Map<String, Workflow<?, ?>> byKind;

    /** For the proxy. */
    Workflows() {}

    @Inject
    Workflows(@Any Instance<Workflow<?, ?>> all) {
        byKind = all.stream().collect(Collectors.toMap(Workflow::kind, Function.identity()));
    }

    Workflow<?, ?> of(String kind) {
        Workflow<?, ?> workflow = byKind.get(kind);
        if (workflow == null) {
            throw new IllegalStateException("no workflow " + kind);
        }
        return workflow;
    }

    static String title(String kind) {
        return Messages.text("operation." + kind);
    }

    static String title(String kind, String step) {
        return Messages.text(
                "operation." + kind + "." + step.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
