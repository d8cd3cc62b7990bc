package io.howdah.openid;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * The calls to providers: over TLS (unencrypted only within this machine), without following redirects, each done within
 * ten seconds, whatever the other side does, and never reading more than a mebibyte.
 */
final class ProviderCalls implements HTTPRequestSender, ResourceRetriever {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpClient client;

    ProviderCalls(SSLContext trust) {
        client = HttpClient.newBuilder()
                .sslContext(trust)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Whether a provider may be at the address. */
    static boolean allowed(URI address) {
        return address.getHost() != null
                && address.getUserInfo() == null
                && ("https".equals(address.getScheme())
                        || "http".equals(address.getScheme()) && THIS_MACHINE.contains(address.getHost()));
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        HttpRequest.Builder wanted = request(request.getURI());
        request.getHeaderMap().forEach((name, values) -> values.forEach(value -> wanted.header(name, value)));
        String body = request.getBody();
        wanted.method(
                request.getMethod().name(),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> came = call(wanted.build());
        HTTPResponse response = new HTTPResponse(came.statusCode());
        came.headers().map().forEach((name, values) -> response.setHeader(name, values.toArray(String[]::new)));
        response.setBody(came.body());
        return response;
    }

    @Override
    public Resource retrieveResource(URL address) throws IOException {
        HttpResponse<String> came =
                call(request(URI.create(address.toString())).GET().build());
        if (came.statusCode() != 200) {
            throw new IOException(address + " answers with status " + came.statusCode());
        }
        return new Resource(
                came.body(), came.headers().firstValue("Content-Type").orElse(null));
    }

    private static HttpRequest.Builder request(URI address) throws IOException {
        if (!allowed(address)) {
            throw new IOException(address + " is not an https address");
        }
        return HttpRequest.newBuilder(address).timeout(WHOLE).header("User-Agent", "Howdah");
    }

    private HttpResponse<String> call(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, headers -> new LimitedBody());
        try {
            // The request's own limit ends with the answer's head; somebody who goes on byte by byte is kept to it too.
            return answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException(
                    request.uri().getHost() + " does not answer within " + WHOLE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            throw new IOException(request.uri() + ": " + e.getCause(), e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
