package io.howdah.server;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What somebody asks for on the create page.
 *
 * @param projectId one of the team's projects, or null for its default one
 * @param administratorPassword becomes a SCRAM verifier before anything is stored
 * @param database the first database besides {@code postgres}; blank for none
 * @param allowedNetworks addresses or CIDR networks clients may come from, besides the host itself
 */
public record ServerDraft(
        UUID teamId,
        UUID projectId,
        String name,
        int majorVersion,
        String sizeCode,
        int storageGib,
        String administratorLogin,
        String administratorPassword,
        String database,
        List<String> allowedNetworks,
        Map<String, String> tags) {

    /** Whether one of the networks is so wide that strangers could come from it. */
    public boolean opensToWorld() {
        return allowedNetworks.stream().anyMatch(Rules::isOpen);
    }

    /** The same with a verifier for its password, so that it may be kept for a while. */
    public SealedDraft sealed() {
        ServerDraft rest = new ServerDraft(
                teamId,
                projectId,
                name,
                majorVersion,
                sizeCode,
                storageGib,
                administratorLogin,
                null,
                database,
                allowedNetworks,
                tags);
        return new SealedDraft(rest, SealedDraft.verifier(administratorPassword));
    }

    @Override
    public String toString() {
        return "ServerDraft[" + name + "]";
    }
}
