package io.howdah.access;

/**
 * Under which address a browser sees the portal.
 *
 * @param scheme {@code https} or {@code http}
 * @param host a host name or address, without the port
 */
public record Site(String scheme, String host, int port) {

    /** As browsers write it, e.g. {@code https://db.example.org:8443}. */
    String origin() {
        boolean usual = scheme.equals("https") ? port == 443 : port == 80;
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
