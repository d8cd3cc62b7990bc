package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.howdah.backup.BackupView;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Amounts;
import io.howdah.server.ui.WindowWidth;
import io.howdah.shell.Glyph;
import io.howdah.shell.RelativeTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The backups of a server, newest first. */
final class BackupList extends Grid<BackupView> {

    private final Consumer<BackupView> restore;
    private final Consumer<BackupView> delete;
    private final Consumer<BackupView> download;
    private Optional<String> restoreRefusal = Optional.empty();
    private Optional<String> downloadRefusal = Optional.empty();
    private Optional<String> deleteRefusal = Optional.empty();
    private List<BackupView> shown = List.of();

    BackupList(Consumer<BackupView> restore, Consumer<BackupView> delete, Consumer<BackupView> download) {
        this.restore = restore;
        this.delete = delete;
        this.download = download;
        addThemeVariants(GridVariant.LUMO_NO_BORDER);
        addClassNames("page-grid", "backup-grid");
        setSelectionMode(SelectionMode.NONE);
        setAllRowsVisible(true);
        setAriaLabel(t("backup.list.title"));
        Column<BackupView> block = addComponentColumn(BackupList::block).setHeader(t("backup.list.backup"));
        List<Column<BackupView>> table = List.of(
                addComponentColumn(BackupList::name)
                        .setHeader(t("backup.list.backup"))
                        .setFlexGrow(2),
                addComponentColumn(BackupList::origin).setHeader(t("backup.list.origin")),
                addComponentColumn(BackupList::age).setHeader(t("backup.list.taken")),
                addComponentColumn(BackupList::size)
                        .setHeader(t("backup.list.size"))
                        .setTextAlign(ColumnTextAlign.END),
                addComponentColumn(BackupList::kept).setHeader(t("backup.list.kept")));
        Span actions = new Span(t("server.column.actions"));
        actions.addClassName("visually-hidden");
        addComponentColumn(this::actions)
                .setHeader(actions)
                .setTextAlign(ColumnTextAlign.END)
                .setFlexGrow(0)
                .setWidth("9rem");
        WindowWidth.watch(this, width -> {
            boolean narrow = width < WindowWidth.NARROW_PX;
            block.setVisible(narrow);
            table.forEach(column -> column.setVisible(!narrow));
        });
    }

    void show(
            List<BackupView> backups,
            Optional<String> restoreRefused,
            Optional<String> deleteRefused,
            Optional<String> downloadRefused) {
        if (!backups.equals(shown)
                || !restoreRefused.equals(restoreRefusal)
                || !deleteRefused.equals(deleteRefusal)
                || !downloadRefused.equals(downloadRefusal)) {
            shown = backups;
            restoreRefusal = restoreRefused;
            deleteRefusal = deleteRefused;
            downloadRefusal = downloadRefused;
            setItems(backups);
        }
    }

    private static Component name(BackupView backup) {
        Span name = new Span(BackupWords.title(backup));
        name.addClassName("strong");
        Div second = new Div(new Span(
                backup.underWay()
                        ? t("backup.list.underWay")
                        : backup.name() == null ? backup.label() : BackupWords.kind(backup.kind())));
        second.addClassNames("quiet", "words");
        if (backup.damaged()) {
            second.add(new Span(t("backup.list.damaged")));
        }
        Div both = new Div(name, second);
        if (backup.note() != null && !backup.note().isBlank()) {
            Span note = new Span(backup.note());
            note.addClassName("quiet");
            both.add(note);
        }
        both.addClassName("two-lines");
        return both;
    }

    private static Component origin(BackupView backup) {
        Span by = new Span(t("server.by", backup.requestedBy()));
        by.addClassName("quiet");
        Div both = new Div(new Span(BackupWords.origin(backup.origin())), by);
        both.addClassName("two-lines");
        return both;
    }

    private static Component age(BackupView backup) {
        return backup.underWay()
                ? new Anchor("operations/" + backup.id(), t("backup.list.progress"))
                : new RelativeTime(backup.endedAt());
    }

    private static Component size(BackupView backup) {
        if (backup.underWay()) {
            return new Span();
        }
        Span of = new Span(t("backup.list.sizeOf", Amounts.bytes(backup.databaseBytes())));
        of.addClassName("quiet");
        Div both = new Div(new Span(Amounts.bytes(backup.repositoryBytes())), of);
        both.addClassName("two-lines");
        return both;
    }

    private static Component kept(BackupView backup) {
        return backup.keepUntil() == null ? new Span(t("backup.list.byPolicy")) : new RelativeTime(backup.keepUntil());
    }

    private static Component block(BackupView backup) {
        Div line = new Div(new Span(BackupWords.origin(backup.origin())), age(backup));
        if (!backup.underWay()) {
            line.add(new Span(Amounts.bytes(backup.repositoryBytes())));
        }
        line.addClassNames("quiet", "words");
        Div block = new Div(name(backup), line);
        if (backup.keepUntil() != null) {
            Div until = new Div(new Span(t("backup.list.kept")), new RelativeTime(backup.keepUntil()));
            until.addClassNames("quiet", "words");
            block.add(until);
        }
        block.addClassName("server-block");
        return block;
    }

    private Component actions(BackupView backup) {
        if (backup.underWay()) {
            return new Span();
        }
        ActionButton again =
                small(Glyph.UNDO_2, t("backup.list.restore", called(backup)), () -> restore.accept(backup));
        restoreRefusal.ifPresent(why -> again.refuse(Optional.of(why)));
        ActionButton gone = small(Glyph.TRASH_2, t("backup.list.delete", called(backup)), () -> delete.accept(backup));
        deleteRefusal.ifPresent(why -> gone.refuse(Optional.of(why)));
        ActionButton file =
                small(Glyph.DOWNLOAD, t("backup.list.download", called(backup)), () -> download.accept(backup));
        downloadRefusal.ifPresent(why -> file.refuse(Optional.of(why)));
        Div both = new Div(again, file, gone);
        both.addClassName("backup-actions");
        return both;
    }

    private static String called(BackupView backup) {
        return backup.name() == null ? backup.label() : backup.name();
    }

    private static ActionButton small(Glyph glyph, String what, Runnable act) {
        ActionButton button = new ActionButton("", glyph, act).quiet();
        button.addThemeVariants(ButtonVariant.SMALL);
        button.setAriaLabel(what);
        button.setTooltipText(what);
        return button;
    }
}
