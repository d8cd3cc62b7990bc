package io.howdah.notification;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What can be said of a webhook's address without looking its name up: that comes with each message, when the connection
 * is made.
 */
final class WebhookAddress {

    private static final int LONGEST = 2000;
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

    /** What some systems read as a number in disguise is no name: the last part of one begins with a letter. */
    private static final Pattern NAME = Pattern.compile("([^.]+\\.)*[A-Za-z][^.]*\\.?");

    private WebhookAddress() {}

    /** @throws io.howdah.shared.ProblemException WebhookAddressInvalid, WebhookAddressRefused */
    static URI check(String text, AddressPolicy policy) {
        URI address = parse(text);
        String host = address.getHost().toLowerCase(Locale.ROOT);
        boolean https = address.getScheme().equals("https");
        if (host.equals("localhost")
                || host.endsWith(".localhost")
                || LITERAL.matcher(host).matches()) {
            InetAddress known = literal(host);
            if (!(https ? policy.allows(known) : policy.allowsPrivately(known))) {
                throw Problem.of(
                                https ? ProblemCode.WebhookAddressRefused : ProblemCode.WebhookAddressNotEncrypted,
                                host)
                        .at("address")
                        .raise();
            }
        } else if (!https && !policy.allowsAnythingPrivate()) {
            throw Problem.of(ProblemCode.WebhookAddressNotEncrypted, host)
                    .at("address")
                    .raise();
        }
        return address;
    }

    private static URI parse(String text) {
        try {
            URI address = new URI(text == null ? "" : text.strip());
            boolean whole = address.getScheme() != null
                    && address.getScheme().matches("https?")
                    && address.getHost() != null
                    && (LITERAL.matcher(address.getHost()).matches()
                            || NAME.matcher(address.getHost()).matches())
                    && address.getUserInfo() == null
                    && address.getFragment() == null
                    && address.getPort() != 0
                    && address.getPort() <= 65_535
                    && text.length() <= LONGEST;
            if (whole) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below, like everything else that is no address.
        }
        throw Problem.of(ProblemCode.WebhookAddressInvalid).at("address").raise();
    }

    /** Literal addresses and localhost are not looked up on the network. */
    private static InetAddress literal(String host) {
        try {
            return host.endsWith("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw Problem.of(ProblemCode.WebhookAddressInvalid).at("address").raise(e);
        }
    }
}
