package io.howdah.shared;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom to believe in TLS: the authorities that Java knows, and those in a file of the installation's. */
public final class Trust {

    private Trust() {}

    /**
     * @param further PEM certificates, or null
     * @throws IllegalStateException when the file cannot be read or holds no certificate
     */
    public static SSLContext context(Path further) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, further == null ? managers(null) : managers(together(further)), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificates in " + further + " cannot be used", e);
        }
    }

    private static KeyStore together(Path further) throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager known) {
                for (X509Certificate authority : known.getAcceptedIssuers()) {
                    all.setCertificateEntry("known-" + number++, authority);
                }
            }
        }
        try (InputStream file = Files.newInputStream(further)) {
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                all.setCertificateEntry("further-" + number++, authority);
            }
        }
        return all;
    }

    private static TrustManager[] managers(KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }
}
