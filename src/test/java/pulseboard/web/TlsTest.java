package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.SelfSigned;
import pulseboard.Until;
import pulseboard.auth.Access;

@ExtendWith(VertxExtension.class)
class TlsTest {

    @TempDir
    private Path folder;

    /** One that nobody refers to is closed. */
    private final List<Object> clients = new ArrayList<>();

    private Path certificate;
    private Path key;
    private Certificate first;
    private Site site;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        certificate = folder.resolve("own.pem");
        key = folder.resolve("own.key");
        first = make();
        TlsConfig tls = new TlsConfig(certificate.toString(), key.toString());
        site = new Site(vertx, Site.config(), tls, Access.open());
    }

    /** Makes a key with a certificate of its own where the server looks. */
    private Certificate make() throws IOException, InterruptedException, GeneralSecurityException {
        return SelfSigned.in(folder, "127.0.0.1").read();
    }

    private HttpClientResponse get(Vertx vertx, HttpVersion version) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(version)
                .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
        HttpClient client = vertx.createHttpClient(options);
        clients.add(client);
        return Wait.on(client.request(HttpMethod.GET, site.port, "127.0.0.1", "/api/boards/test")
                .compose(request -> request.send()));
    }

    private WebSocket webSocket(Vertx vertx) {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
        WebSocketConnectOptions upgrade = site.upgradeOf(Site.RAW).setSsl(true);
        WebSocketClient client = vertx.createWebSocketClient(options);
        clients.add(client);
        return Wait.on(client.connect(upgrade));
    }

    @Test
    void boardIsReadWithEitherVersionOfHttp(Vertx vertx) {
        for (HttpVersion version : new HttpVersion[] {HttpVersion.HTTP_1_1, HttpVersion.HTTP_2}) {
            HttpClientResponse response = get(vertx, version);
            assertEquals(200, response.statusCode());
            assertEquals(version, response.version());
        }
    }

    @Test
    void webSocketComesThrough(Vertx vertx) {
        assertFalse(webSocket(vertx).isClosed());
    }

    @Test
    void whoeverSpeaksNoTlsGetsNothing() throws IOException {
        try (PlainSocket socket = new PlainSocket(site.port)) {
            socket.send("GET /api/boards/test HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertFalse(socket.readToEnd().contains("state"));
        }
    }

    @Test
    void newCertificateIsTakenAndOpenConnectionsGoOn(Vertx vertx) throws Exception {
        WebSocket open = webSocket(vertx);
        assertEquals(
                first,
                get(vertx, HttpVersion.HTTP_2)
                        .request()
                        .connection()
                        .peerCertificates()
                        .get(0));
        Certificate second = make();
        awaitTrusted(vertx);
        assertEquals(
                second,
                get(vertx, HttpVersion.HTTP_2)
                        .request()
                        .connection()
                        .peerCertificates()
                        .get(0));
        Wait.on(open.writeTextMessage("{\"type\":\"ping\"}"));
        assertFalse(open.isClosed());
    }

    @Test
    void certificateThatIsNoneLeavesTheOldOneInUse(Vertx vertx) throws Exception {
        String good = Files.readString(certificate);
        try (CapturedLog log = new CapturedLog()) {
            Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
            Until.isTrue("a warning", () -> !log.messages(Tls.class.getName()).isEmpty());
            assertTrue(log.messages(Tls.class.getName()).get(0).startsWith("The new certificate is not used"));
        }
        Path kept = certificate;
        certificate = folder.resolve("old.pem");
        Files.writeString(certificate, good);
        assertEquals(200, get(vertx, HttpVersion.HTTP_1_1).statusCode());
        certificate = kept;
        make();
        awaitTrusted(vertx);
    }

    /** Until the server shows what is in the file now. */
    private void awaitTrusted(Vertx vertx) throws Exception {
        Until.isTrue("the new certificate is used", () -> {
            try {
                return get(vertx, HttpVersion.HTTP_1_1).statusCode() == 200;
            } catch (Exception old) { // Also checked ones, which are not declared.
                return false;
            }
        });
    }

    @Test
    void halfOfTheSettingsIsAMistake() {
        IllegalArgumentException mistake =
                assertThrows(IllegalArgumentException.class, () -> new TlsConfig(certificate.toString(), ""));
        assertEquals("tls.keyFile is missing: TLS needs both a certificate and its key", mistake.getMessage());
        TlsConfig elsewhere = new TlsConfig("/nowhere", key.toString());
        mistake = assertThrows(IllegalArgumentException.class, elsewhere::requireFiles);
        assertEquals("tls.certificateFile must be a file that this user can read, not /nowhere", mistake.getMessage());
    }
}
