package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class PageFilesTest {

    private Site site;
    private String script;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx);
        site.deployHome();
        Matcher found = Pattern.compile("src=\"(assets-[0-9a-f]{16}/app.js)\"")
                .matcher(site.get("/").bodyAsString());
        assertTrue(found.find());
        script = "/" + found.group(1);
    }

    private HttpResponse<Buffer> get(String path, String encodings) {
        return site.get(path, "Accept-Encoding", encodings);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
                    gzip                        | gzip
                    gzip, deflate               | gzip
                    GZIP                        | gzip
                    gzip, deflate, br, zstd     | br
                    br;q=0, gzip;q=0.5          | gzip
                    br; q=0.000, gzip; q=0.001  | gzip
                    gzip;q=0                    | none
                    gzip;q=0.0,br;q=0           | none
                    identity                    | none
                    x-gzip, brr                 | none
                    *;q=0                       | none
                    """)
    void eachClientGetsWhatItUnderstands(String accepted, String encoding) {
        HttpResponse<Buffer> answer = get(script, accepted);
        assertEquals(200, answer.statusCode());
        assertEquals(encoding, answer.getHeader("Content-Encoding"));
        assertEquals("Accept-Encoding", answer.getHeader("Vary"));
        assertEquals("text/javascript;charset=UTF-8", answer.getHeader("Content-Type"));
        assertEquals(
                answer.getHeader("Content-Length"),
                Integer.toString(answer.body().length()));
    }

    @ParameterizedTest
    @CsvSource({"/", "/widget/cpu", "/openapi.yaml", "SCRIPT"})
    void compressedIsTheSameAndSmaller(String path) throws IOException {
        String file = path.replace("SCRIPT", script);
        byte[] plain = get(file, "identity").body().getBytes();
        byte[] small = get(file, "gzip").body().getBytes();
        assertArrayEquals(plain, new GZIPInputStream(new ByteArrayInputStream(small)).readAllBytes());
        assertTrue(small.length < 0.6 * plain.length, small.length + " of " + plain.length);
    }

    @Test
    void eachFormHasATagOfItsOwnByWhichItIsNotSentAgain() {
        String plain = get(script, "identity").getHeader("ETag");
        String gzip = get(script, "gzip").getHeader("ETag");
        assertEquals(plain.replaceFirst("\"$", "-gzip\""), gzip);
        for (String known : new String[] {gzip, "\"other\", W/" + gzip, "*"}) {
            HttpResponse<Buffer> again = Wait.on(site.request(HttpMethod.GET, script)
                    .putHeader("Accept-Encoding", "gzip")
                    .putHeader("If-None-Match", known)
                    .send());
            assertEquals(304, again.statusCode(), known);
            assertEquals(gzip, again.getHeader("ETag"));
            assertEquals("max-age=31536000, immutable", again.getHeader("Cache-Control"));
            assertNull(again.body());
        }
        assertEquals(200, site.get(script, "If-None-Match", gzip).statusCode(), "that was another form");
    }

    @Test
    void headTellsWhatGetWouldSend() {
        HttpResponse<Buffer> head = Wait.on(site.request(HttpMethod.HEAD, script)
                .putHeader("Accept-Encoding", "gzip")
                .send());
        HttpResponse<Buffer> get = get(script, "gzip");
        for (String name : new String[] {"Content-Length", "Content-Type", "Content-Encoding", "ETag", "Vary"}) {
            assertEquals(get.getHeader(name), head.getHeader(name), name);
        }
        assertNull(head.body());
    }

    @ParameterizedTest
    @CsvSource({
        "/assets-0000000000000000/app.js",
        "/assets-0000000000000000/",
        "/lib/api.js",
        "/page.list",
        "/pulseboard/page/index.html",
        "/index.html/",
        "/../openapi.yaml.gz",
        "/%2e%2e/logback.xml",
        "/index.html%00"
    })
    void nothingElseIsThere(String path) throws IOException {
        try (PlainSocket socket = new PlainSocket(site.port)) {
            String head = socket.request("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close");
            assertTrue(head.matches("(?s)HTTP/1.1 40[04] .*"), head);
        }
    }

    /** Byte by byte, as a client over a very slow line does: it gets all of it, in order. */
    @Test
    void slowReaderGetsAllOfIt() throws IOException {
        byte[] plain = get(script, "identity").body().getBytes();
        try (PlainSocket socket = PlainSocket.withSmallBuffer(site.port)) {
            socket.request("GET " + script + " HTTP/1.1", "Host: localhost", "Connection: close");
            for (int at = 0; at < 20_000; at += 10) {
                assertEquals(new String(plain, at, 10, StandardCharsets.UTF_8), socket.read(10));
            }
            assertEquals(new String(plain, 20_000, plain.length - 20_000, StandardCharsets.UTF_8), socket.readToEnd());
        }
    }

    @Test
    void clientsThatAskAndDoNotReadHoldNoFileOpen() throws IOException {
        List<PlainSocket> crowd = new ArrayList<>();
        try {
            for (int count = 0; count < 30; count++) {
                PlainSocket socket = PlainSocket.withSmallBuffer(site.port);
                crowd.add(socket);
                socket.request("GET " + script + " HTTP/1.1", "Host: localhost");
            }
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                assertEquals(
                        List.of(),
                        open.map(PageFilesTest::target)
                                .filter(file -> file.endsWith("app.js"))
                                .toList());
            }
        } finally {
            for (PlainSocket socket : crowd) {
                socket.close();
            }
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // Closed meanwhile.
        }
    }
}
