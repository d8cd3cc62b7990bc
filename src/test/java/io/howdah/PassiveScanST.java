package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a passive scanner such as OWASP ZAP's baseline looks for, in every answer of a walk through the portal and in its
 * answers to what no browser asks. The findings that stay are explained in ADR 8. ZAP's own rules come from its
 * marketplace alone and not as libraries, so the list here follows theirs.
 */
@ExtendWith(Installation.Shared.class)
@Order(4)
class PassiveScanST {

    /** Each with its method; what begins with ? is a request that Vaadin's own client makes. */
    private static final List<String> ASKED = List.of(
            "GET ",
            "GET sign-in",
            "GET welcome",
            "GET servers",
            "GET no-such-page",
            "GET styles/app.css",
            "GET images/howdah.svg",
            "GET VAADIN/no-such-file.js",
            "GET WEB-INF/beans.xml",
            "GET META-INF/MANIFEST.MF",
            "GET ..%2f..%2fetc/passwd",
            "GET VAADIN/..%2f..%2fWEB-INF/beans.xml",
            "GET %00",
            "GET ?v-r=uidl&v-uiId=0",
            "GET ?v-r=heartbeat&v-uiId=0",
            "GET ?v-r=init&location=servers",
            "GET VAADIN/dynamic/resource/0/guess/file.pem",
            "POST ",
            "POST sign-in",
            "POST ?v-r=uidl&v-uiId=0",
            "POST VAADIN/dynamic/resource/0/guess/upload",
            "PUT servers",
            "DELETE servers",
            "OPTIONS ",
            "HEAD ",
            "GET health",
            "GET health/live",
            "GET metrics",
            "GET openapi/ui/",
            "GET index.jsp",
            "GET ibm/api",
            "GET api/nothing",
            "PUT api/oauth2/token",
            "GET failed",
            "GET ibm_security_logout",
            "GET j_security_check",
            "POST j_security_check");

    /** There the container gives the session of somebody who is signed in to nobody, and says 500 before any filter. */
    private static final String FORM_SIGN_IN = "POST j_security_check signed in";

    /** What the container says of an address that it can't decode, before the application is asked. */
    private static final Pattern UNDECODABLE = Pattern.compile("<H1>CWWWC0005I: The request URI has [^<]+</H1><BR>");

    private static final Pattern INSIDE = Pattern.compile(
            "\\bat (io\\.howdah|com\\.ibm|com\\.vaadin|java\\.)|Exception|SRVE\\d{4}|CWW[A-Z]{2}\\d{4}|Liberty|WebSphere|/var/lib/|/home/"
                    + "|org\\.postgresql");

    private record Answer(String asked, int status, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }

        boolean isPage() {
            return header("content-type").startsWith("text/html");
        }
    }

    @Test
    void everyAnswerPassesWhatAScannerLooksFor(Installation installation) {
        Plain plain = new Plain(installation);
        List<Answer> answers = new ArrayList<>();
        try (Visitor ada = installation.administrator()) {
            for (Map<String, String> headers : List.of(Map.<String, String>of(), Plain.cookies(ada))) {
                ASKED.forEach(asked -> answers.add(answer(plain, asked, headers)));
            }
            ada.page().onResponse(response -> answers.add(answer(response)));
            Stream.of("", "servers", "audit", "access", "no-such-page").forEach(path -> {
                ada.go(path);
                ada.awaitCalm();
            });
            assertThat(ada.addresses())
                    .as("no mixed content, and nothing from elsewhere")
                    .allMatch(address -> address.startsWith("https://localhost:")
                            || address.startsWith("wss://localhost:")
                            || address.startsWith("data:"));
        }
        SoftAssertions checks = new SoftAssertions();
        answers.forEach(answer -> check(checks, answer));
        assertThat(answers).hasSizeGreaterThan(100);
        checks.assertAll();
    }

    @Test
    void noAnswerEchoesARequestOrSaysWhoServes(Installation installation) throws IOException {
        for (String line : List.of("TRACE / HTTP/1.1", "TRACK / HTTP/1.1", "NONSENSE", "GET / HTTP/9.9")) {
            String answer = raw(
                    installation, line + "\r\nHost: localhost\r\nX-Secret: howdah-echo\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(line).doesNotContain("howdah-echo").doesNotContainIgnoringCase("\r\nserver:");
            assertThat(INSIDE.matcher(answer).find()).as(line + ": " + answer).isFalse();
        }
    }

    private static void check(SoftAssertions checks, Answer answer) {
        String asked = answer.asked() + " -> " + answer.status();
        if (!answer.asked().equals(FORM_SIGN_IN)) {
            checks.assertThat(answer.status()).as(asked).isLessThan(500);
        }
        checks.assertThat(answer.header("x-content-type-options")).as(asked).isEqualTo("nosniff");
        checks.assertThat(answer.header("strict-transport-security")).as(asked).contains("max-age=31536000");
        checks.assertThat(answer.header("x-frame-options")).as(asked).isEqualTo("DENY");
        checks.assertThat(answer.header("referrer-policy")).as(asked).isEqualTo("no-referrer");
        checks.assertThat(answer.header("cross-origin-opener-policy")).as(asked).isEqualTo("same-origin");
        checks.assertThat(answer.header("content-security-policy"))
                .as(asked)
                .contains("frame-ancestors 'none'", "object-src 'none'", "base-uri 'self'", "form-action 'self'")
                .doesNotContain("script-src 'self' 'unsafe-inline'")
                .doesNotContain("*", "http:");
        checks.assertThat(answer.header("permissions-policy")).as(asked).contains("camera=()");
        checks.assertThat(answer.header("cross-origin-resource-policy"))
                .as(asked)
                .isEqualTo("same-origin");
        checks.assertThat(answer.headers())
                .as(asked)
                .doesNotContainKeys("server", "x-powered-by", "$wsep", "access-control-allow-origin");
        answer.headers().getOrDefault("set-cookie", List.of()).stream()
                .flatMap(String::lines)
                .forEach(cookie -> checks.assertThat(cookie.toLowerCase(Locale.ROOT))
                        .as(asked)
                        .contains("httponly", "secure", "samesite"));
        boolean undecodable = UNDECODABLE.matcher(answer.body().strip()).matches();
        if (answer.isPage() && !undecodable) {
            checks.assertThat(answer.header("cache-control")).as(asked).contains("no-store");
            checks.assertThat(answer.body()).as(asked).doesNotContain("src=\"http:", "href=\"http:", "action=\"http:");
        }
        checks.assertThat(answer.body() + answer.header("location")).as(asked).doesNotContainIgnoringCase("jsessionid");
        checks.assertThat(!undecodable && INSIDE.matcher(answer.body()).find())
                .as(asked + " tells of the inside: " + answer.body())
                .isFalse();
    }

    private static Answer answer(Plain plain, String asked, Map<String, String> headers) {
        String[] words = asked.split(" ", 2);
        HttpResponse<String> came =
                plain.send(words[0], words[1], headers, words[0].equals("POST") ? "nonsense" : null);
        return new Answer(
                asked + (headers.isEmpty() ? "" : " signed in"),
                came.statusCode(),
                came.headers().map(),
                came.body());
    }

    private static Answer answer(Response response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.headersArray().forEach(header -> headers.computeIfAbsent(
                        header.name.toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                .add(header.value));
        return new Answer(response.request().method() + " " + response.url(), response.status(), headers, "");
    }

    private static String raw(Installation installation, String request) throws IOException {
        SSLSocketFactory factory = Plain.trusting().getSocketFactory();
        try (SSLSocket socket = (SSLSocket) factory.createSocket("localhost", installation.httpsPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            for (int read = reader.read(); read >= 0 && answer.length() < 20_000; read = reader.read()) {
                answer.append((char) read);
            }
            return answer.toString();
        }
    }
}
