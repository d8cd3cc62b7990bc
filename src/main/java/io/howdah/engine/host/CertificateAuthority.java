package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The installation's own certificate authority: {@code ca.crt}, which clients trust, and {@code secrets/ca.key}. It
 * names every server by the addresses under which clients can reach this host.
 */
final class CertificateAuthority {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration RENEW_BEFORE = Duration.ofDays(90);
    /** The longest that some clients accept. */
    private static final String SERVER_DAYS = "825";

    private static final String AUTHORITY_DAYS = "7300";

    private final Path home;
    private final Clock clock;

    CertificateAuthority(Path home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    /** The authority's certificate as PEM; makes the authority when there is none. */
    String certificate() {
        ensure();
        try {
            return Files.readString(home.resolve("ca.crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void ensure() {
        Path certificate = home.resolve("ca.crt");
        Path key = home.resolve("secrets/ca.key");
        if (Files.exists(certificate) && Files.exists(key)) {
            return;
        }
        if (Files.exists(certificate)) {
            throw EngineFault.lasting(key + " is missing", ProblemCode.Internal);
        }
        Disk.directory(home, "rwx--x--x");
        Disk.directory(key.getParent(), "rwx------");
        Path draft = draft(key.getParent());
        try {
            Path settings = draft.resolve("ca.cnf");
            Files.writeString(settings, """
                    [req]
                    prompt = no
                    distinguished_name = name
                    x509_extensions = extensions
                    [name]
                    O = Howdah
                    CN = Howdah CA
                    [extensions]
                    basicConstraints = critical, CA:TRUE, pathlen:0
                    keyUsage = critical, keyCertSign, cRLSign
                    subjectKeyIdentifier = hash
                    """);
            openssl(
                    "req",
                    "-x509",
                    "-config",
                    settings.toString(),
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-sha256",
                    "-days",
                    AUTHORITY_DAYS,
                    "-keyout",
                    draft.resolve("ca.key").toString(),
                    "-out",
                    draft.resolve("ca.crt").toString());
            Files.setPosixFilePermissions(draft.resolve("ca.key"), PosixFilePermissions.fromString("rw-------"));
            Files.setPosixFilePermissions(draft.resolve("ca.crt"), PosixFilePermissions.fromString("rw-r--r--"));
            // The key first: a certificate without its key could never be mended.
            Files.move(draft.resolve("ca.key"), key, StandardCopyOption.ATOMIC_MOVE);
            Files.move(draft.resolve("ca.crt"), certificate, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Disk.delete(draft);
        }
    }

    /**
     * Makes {@code server.crt} and {@code server.key} in the directory unless they are there, name the same, and are
     * valid for long enough.
     *
     * @param user the OS user whose group may read them, or null
     */
    void certify(Path directory, Collection<String> hosts, String user) {
        String authority = certificate();
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        names.addAll(hosts);
        String alternatives = names.stream()
                .map(name -> (HostAddresses.isAddress(name) ? "IP:" : "DNS:") + name)
                .collect(Collectors.joining(","));
        if (current(directory, alternatives, authority)) {
            return;
        }
        Path draft = draft(home.resolve("secrets"));
        try {
            Path settings = draft.resolve("server.cnf");
            Files.writeString(settings, """
                    [req]
                    prompt = no
                    distinguished_name = name
                    x509_extensions = extensions
                    [name]
                    O = Howdah
                    CN = localhost
                    [extensions]
                    basicConstraints = critical, CA:FALSE
                    keyUsage = critical, digitalSignature
                    extendedKeyUsage = serverAuth
                    subjectKeyIdentifier = hash
                    authorityKeyIdentifier = keyid
                    subjectAltName = %s
                    """.formatted(alternatives));
            Path key = draft.resolve("server.key");
            Path certificate = draft.resolve("server.crt");
            // Key, request and signature in one run: it competes with initdb for the processor.
            openssl(
                    "req",
                    "-x509",
                    "-config",
                    settings.toString(),
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-sha256",
                    "-CA",
                    home.resolve("ca.crt").toString(),
                    "-CAkey",
                    home.resolve("secrets/ca.key").toString(),
                    "-set_serial",
                    serial(),
                    "-days",
                    SERVER_DAYS,
                    "-keyout",
                    key.toString(),
                    "-out",
                    certificate.toString());
            String readable = user == null ? "rw-------" : "rw-r-----";
            // The names last: only with them do the files count as made.
            Files.deleteIfExists(directory.resolve("names"));
            Disk.write(directory.resolve("server.key"), Files.readString(key), readable, user);
            Disk.write(directory.resolve("server.crt"), Files.readString(certificate), readable, user);
            Disk.write(directory.resolve("names"), alternatives, "rw-------", null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Disk.delete(draft);
        }
    }

    private boolean current(Path directory, String alternatives, String authority) {
        if (!Disk.tail(directory.resolve("names"), 100_000).equals(alternatives)) {
            return false;
        }
        try {
            X509Certificate server = parse(Files.readString(directory.resolve("server.crt")));
            server.verify(parse(authority).getPublicKey());
            return server.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEW_BEFORE));
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    private static X509Certificate parse(String pem) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem.getBytes()));
    }

    private static String serial() {
        java.util.UUID random = java.util.UUID.randomUUID();
        return "0x" + random.toString().replace("-", "");
    }

    private static Path draft(Path directory) {
        try {
            return Files.createTempDirectory(directory, "draft");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void openssl(String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(Command.require("openssl", "openssl").toString()));
        words.addAll(List.of(arguments));
        new Command(TIMEOUT, words).run();
    }
}
