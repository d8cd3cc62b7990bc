package io.howdah.approval;

import io.howdah.operation.EndDetails;
import io.howdah.operation.OperationEnded;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import javax.sql.DataSource;

/** Who approved the act whose operation has ended. */
@ApplicationScoped
class ApprovalEndDetails implements EndDetails {

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Override
    public Map<String, String> of(OperationEnded end) {
        return Sql.row(
                        dataSource,
                        "select id, decided_by from approval_request where correlation_id = ?",
                        row -> Map.of(
                                "approval", Sql.id(row, "id").toString(), "approvedBy", row.getString("decided_by")),
                        end.correlationId())
                .orElse(Map.of());
    }
}
