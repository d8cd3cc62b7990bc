package io.howdah.shell;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import io.howdah.access.Callers;
import io.howdah.access.ProfileService;
import jakarta.enterprise.inject.spi.CDI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The time zones people choose from, the one they have chosen for themselves, and the one their browser lives in. */
public final class Zones {

    public static final ZoneId UTC = ZoneId.of("UTC");

    /** What the person has chosen for themselves, kept with each page that is open. */
    private record Chosen(Optional<ZoneId> zone) {}

    private Zones() {}

    /** The zone in which times are shown to the person and read from them: what they chose, else their browser's. */
    public static ZoneId mine() {
        UI page = UI.getCurrent();
        if (page == null) {
            return UTC;
        }
        Chosen chosen = ComponentUtil.getData(page, Chosen.class);
        if (chosen == null) {
            if (Callers.find().isEmpty()) {
                return ofBrowser();
            }
            chosen = new Chosen(Optional.ofNullable(CDI.current()
                            .select(ProfileService.class)
                            .get()
                            .mine()
                            .timeZone())
                    .flatMap(Zones::parse));
            ComponentUtil.setData(page, Chosen.class, chosen);
        }
        return chosen.zone().orElseGet(Zones::ofBrowser);
    }

    /**
     * The person has chosen another one on the page in hand.
     *
     * @param id null for the browser's
     */
    public static void changed(String id) {
        UI page = UI.getCurrent();
        ComponentUtil.setData(page, Chosen.class, null);
        page.getPage().executeJs("window.howdahZone($0)", id);
    }

    /** The zone of the person's browser; UTC when it does not say. */
    public static ZoneId ofBrowser() {
        String said = UI.getCurrent().getPage().getExtendedClientDetails().getTimeZoneId();
        return Optional.ofNullable(said).flatMap(Zones::parse).orElse(UTC);
    }

    /** The zone with this id, empty when there is none. */
    public static Optional<ZoneId> parse(String id) {
        try {
            return Optional.of(ZoneId.of(id));
        } catch (DateTimeException notOne) {
            return Optional.empty();
        }
    }

    /** Places with a time of their own, the given ones and UTC first. */
    static Set<ZoneId> all(ZoneId... first) {
        Set<ZoneId> all = new LinkedHashSet<>(List.of(first));
        all.add(UTC);
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            // the others are old abbreviations and fixed offsets, whose signs are the wrong way round
            if (id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/")) {
                all.add(ZoneId.of(id));
            }
        }
        return all;
    }

    /** For example "America/New York". */
    public static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId().replace('_', ' ');
    }

    /** For example "Europe/Berlin (UTC+01:00)", with the offset of {@code now}. */
    public static String inWords(ZoneId zone, Instant now) {
        if (zone.equals(UTC)) {
            return zone.getId();
        }
        ZoneOffset offset = zone.getRules().getOffset(now);
        String written =
                offset.equals(ZoneOffset.UTC) ? "±00:00" : offset.getId().replace('-', '−');
        return t("schedule.ui.zone.name", name(zone), written);
    }

    /** A list of zones to search in. */
    public static ComboBox<ZoneId> field(String label, ZoneId chosen) {
        Instant now = Instant.now();
        ComboBox<ZoneId> field = new ComboBox<>(label);
        field.setItemLabelGenerator(zone -> inWords(zone, now));
        offer(field, chosen);
        field.setValue(chosen);
        return field;
    }

    /** Offers all zones; the person's, the browser's and the one that is chosen first. */
    public static void offer(ComboBox<ZoneId> field, ZoneId chosen) {
        Instant now = Instant.now();
        ZoneId[] first = {mine(), ofBrowser(), chosen};
        field.setItems((zone, typed) -> typed.isBlank() || matches(zone, inWords(zone, now), typed), all(first));
    }

    private static boolean matches(ZoneId zone, String words, String typed) {
        String wanted = typed.strip().toLowerCase(java.util.Locale.ROOT);
        return words.toLowerCase(java.util.Locale.ROOT).contains(wanted)
                || zone.getId().toLowerCase(java.util.Locale.ROOT).contains(wanted);
    }
}
