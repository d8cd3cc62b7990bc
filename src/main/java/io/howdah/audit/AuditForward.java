package io.howdah.audit;

import io.howdah.shared.Encryption;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;

/** A place that gets every record of the audit log, and the number of the last one it has got. */
@Entity
@Table(name = "audit_forward")
class AuditForward {

    private static final String PURPOSE = "audit forward";

    @Id
    @Enumerated(EnumType.STRING)
    ForwardKind kind;

    private String address;
    private String secret;
    long position;
    int tries;
    Instant due;

    @Column(name = "sent_at")
    Instant sentAt;

    String trouble;

    void to(String wantedAddress, String wantedSecret, Encryption encryption) {
        address = encryption.encrypt(wantedAddress, PURPOSE, kind + " address");
        secret = wantedSecret == null ? null : encryption.encrypt(wantedSecret, PURPOSE, kind + " secret");
    }

    String address(Encryption encryption) {
        return encryption.decrypt(address, PURPOSE, kind + " address");
    }

    String secret(Encryption encryption) {
        return encryption.decrypt(secret, PURPOSE, kind + " secret");
    }

    /** What people may see of the address: host and port. */
    String place(Encryption encryption) {
        return kind == ForwardKind.SYSLOG
                ? address(encryption)
                : URI.create(address(encryption)).getAuthority();
    }
}
