package io.howdah.access;

import java.util.List;
import java.util.Set;

/**
 * Who a caller is, as programs are told.
 *
 * @param kind {@code person} or {@code service-account}
 * @param token by which they came; its name
 * @param until when the token ends, ISO 8601
 * @param grants what the caller may do just now, and where
 */
public record TokenIdentity(String name, String kind, String token, String until, List<Grant> grants) {

    /**
     * A role at a scope.
     *
     * @param place its path, e.g. "Payments / Web shop"; null for the whole installation
     * @param permissions the actions of the role that the caller really may take there
     */
    public record Grant(String role, String place, Set<String> permissions) {}
}
