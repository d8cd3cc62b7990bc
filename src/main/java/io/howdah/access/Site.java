package io.howdah.access;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Under which address a browser sees the portal.
 *
 * @param scheme {@code https} or {@code http}
 * @param host a host name or address, without the port
 */
public record Site(String scheme, String host, int port) {

    /** As the browser of this request sees it. */
    public static Site of(HttpServletRequest request) {
        return new Site(request.getScheme(), request.getServerName(), request.getServerPort());
    }

    /** As browsers write it, e.g. {@code https://db.example.org:8443}. */
    public String origin() {
        boolean usual = scheme.equals("https") ? port == 443 : port == 80;
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
