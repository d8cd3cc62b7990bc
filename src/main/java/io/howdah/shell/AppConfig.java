package io.howdah.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;
import java.util.Map;

/** What every page of the portal is made with: theme, push, icon. */
@Push
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://styles/app.css")
@Viewport("width=device-width, initial-scale=1")
public class AppConfig implements AppShellConfigurator {

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle(Texts.t("ui.product"));
        settings.addLink("images/howdah.svg", Map.of("rel", "icon", "type", "image/svg+xml"));
    }
}
