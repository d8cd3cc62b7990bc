package io.howdah.notification;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an installation says about reaching people.
 *
 * @param publicAddress {@code HOWDAH_PUBLIC_ADDRESS}: where people's browsers find the portal; ends in a slash
 * @param smtp the mail server; empty when the installation sends no mail
 * @param authorities {@code HOWDAH_TRUSTED_CA}: PEM file of authorities to believe besides the known ones, or null
 * @param webhookPrivate {@code HOWDAH_WEBHOOK_PRIVATE}: networks out of the public internet that webhooks may be in
 */
public record DeliverySettings(URI publicAddress, Optional<Smtp> smtp, Path authorities, String webhookPrivate) {

    /** How the way to the mail server is kept secret. */
    public enum Tls {
        STARTTLS(587),
        TLS(465),
        NONE(25);

        private final int usualPort;

        Tls(int usualPort) {
            this.usualPort = usualPort;
        }
    }

    /**
     * A mail server.
     *
     * @param user null when it asks nobody who they are
     * @param passwordFile read anew for each connection
     * @param from the sender's address
     */
    public record Smtp(String host, int port, Tls tls, String user, Path passwordFile, String from) {}

    public static DeliverySettings fromEnvironment(Map<String, String> environment) {
        return new DeliverySettings(
                address(value(environment, "HOWDAH_PUBLIC_ADDRESS").orElse("https://localhost:8443")),
                value(environment, "HOWDAH_SMTP_HOST").map(host -> smtp(host, environment)),
                value(environment, "HOWDAH_TRUSTED_CA").map(Path::of).orElse(null),
                value(environment, "HOWDAH_WEBHOOK_PRIVATE").orElse(""));
    }

    /** The page's whole address. */
    public String page(String link) {
        return publicAddress.resolve(link == null ? "" : link).toString();
    }

    private static URI address(String text) {
        return URI.create(text.endsWith("/") ? text : text + "/");
    }

    private static Smtp smtp(String host, Map<String, String> environment) {
        Tls tls = Tls.valueOf(
                value(environment, "HOWDAH_SMTP_TLS").orElse("starttls").toUpperCase(Locale.ROOT));
        String user = value(environment, "HOWDAH_SMTP_USER").orElse(null);
        return new Smtp(
                host,
                value(environment, "HOWDAH_SMTP_PORT").map(Integer::parseInt).orElse(tls.usualPort),
                tls,
                user,
                user == null ? null : passwordFile(environment),
                value(environment, "HOWDAH_SMTP_FROM").orElse("howdah@" + host));
    }

    private static Path passwordFile(Map<String, String> environment) {
        Path usual = Path.of(environment.getOrDefault("HOWDAH_HOME", ""), "secrets", "variables", "smtp-password");
        return value(environment, "HOWDAH_SMTP_PASSWORD_FILE").map(Path::of).orElse(Files.exists(usual) ? usual : null);
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
