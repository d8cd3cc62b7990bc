package io.howdah.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** One action that a role allows. */
@Entity
@Table(name = "role_permission")
@IdClass(RoleAction.Key.class)
class RoleAction {

    @Id
    String role;

    @Id
    String action;

    /** Both columns together. */
    static class Key implements Serializable {

        String role;
        String action;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.role.equals(role) && key.action.equals(action);
        }

        @Override
        public int hashCode() {
            return role.hashCode() * 31 + action.hashCode();
        }
    }
}
