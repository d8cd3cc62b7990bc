package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasEnabled;
import com.vaadin.flow.component.shared.HasTooltip;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import jakarta.enterprise.inject.spi.CDI;

/**
 * The rule for what a person may see but not do: it stays on the screen, disabled, and says why. The services refuse
 * it all the same; this only spares the person the try.
 */
public final class Permitted {

    private Permitted() {}

    /** Disables {@code control} with the reason as its tooltip unless the caller may do this at the scope. */
    public static <C extends Component & HasEnabled & HasTooltip> C require(
            C control, Permission permission, Scope scope) {
        if (!CDI.current().select(Access.class).get().may(permission, scope)) {
            boolean everywhere = scope.equals(Scope.INSTALLATION);
            disable(
                    control,
                    Texts.t(everywhere ? "ui.notPermitted.everywhere" : "ui.notPermitted", permission.action()));
        }
        return control;
    }

    /** As {@link #require}, for what may be allowed in any one team. */
    public static <C extends Component & HasEnabled & HasTooltip> C requireAnywhere(C control, Permission permission) {
        if (!CDI.current().select(Access.class).get().mayAnywhere(permission)) {
            disable(control, permission);
        }
        return control;
    }

    public static <C extends Component & HasEnabled & HasTooltip> void disable(C control, Permission permission) {
        disable(control, Texts.t("ui.notPermitted", permission.action()));
    }

    /** Disables {@code control}, saying why in a tooltip that the keyboard reaches too. */
    public static <C extends Component & HasEnabled & HasTooltip> void disable(C control, String reason) {
        control.setEnabled(false);
        control.setTooltipText(reason);
    }
}
