package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import io.howdah.access.ProjectService;
import io.howdah.access.ProjectView;
import io.howdah.access.ui.FormDialog;
import io.howdah.server.ServerProjectService;
import io.howdah.server.ServerView;
import java.util.List;

/** Puts a server into another project of its team. */
final class MoveDialog {

    private MoveDialog() {}

    static void open(ServerView server, ServerProjectService moves, ProjectService projects, Runnable afterwards) {
        List<ProjectView> offered = projects.projects().stream()
                .filter(project -> project.teamId().equals(server.teamId()))
                .toList();
        Select<ProjectView> project = new Select<>();
        project.setLabel(t("server.column.project"));
        project.setItems(offered);
        project.setItemLabelGenerator(ProjectView::name);
        offered.stream()
                .filter(one -> one.id().equals(server.projectId()))
                .findFirst()
                .ifPresent(project::setValue);
        project.setWidthFull();
        Paragraph what = new Paragraph(t("server.move.what"));
        what.addClassName("quiet");
        new FormDialog(
                        t("server.move.title", server.name()),
                        t("server.move.do"),
                        () -> {
                            moves.move(
                                    server.id(),
                                    project.getValue() == null
                                            ? null
                                            : project.getValue().id());
                            afterwards.run();
                        },
                        project,
                        what)
                .open();
    }
}
