package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** What one value of a provider's groups claim comes to. */
@Entity
@Table(name = "identity_provider_mapping")
class ProviderMapping {

    @Id
    UUID id;

    @Column(name = "provider_id")
    UUID providerId;

    String value;

    @Column(name = "group_id")
    UUID groupId;

    String role;

    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "project_id")
    UUID projectId;

    @Column(name = "server_id")
    UUID serverId;

    static ProviderMapping of(UUID id, UUID providerId, ClaimMapping wanted) {
        ProviderMapping mapping = new ProviderMapping();
        mapping.id = id;
        mapping.providerId = providerId;
        mapping.value = wanted.value();
        mapping.groupId = wanted.groupId();
        mapping.role = wanted.role();
        if (wanted.scope() != null) {
            mapping.teamId = wanted.scope().teamId();
            mapping.projectId = wanted.scope().projectId();
            mapping.serverId = wanted.scope().serverId();
        }
        return mapping;
    }

    Scope scope() {
        return role == null ? null : new Scope(teamId, projectId, serverId);
    }

    ClaimMapping view() {
        return new ClaimMapping(value, groupId, role, scope());
    }
}
