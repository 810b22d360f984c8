package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.SelfSigned;
import pulseboard.Until;
import pulseboard.auth.Access;

/** What may be asked of TLS, and what comes before it is spoken. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsGuardTest {

    /** Takes any certificate: these tests look at what comes before and after. */
    private static final X509TrustManager ANY = new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        SelfSigned.in(folder, "127.0.0.1").read();
        TlsConfig tls = new TlsConfig(
                folder.resolve("own.pem").toString(), folder.resolve("own.key").toString());
        site = new Site(vertx, Site.configWithMostViewers(1), tls, Access.open()); // 257 connections.
    }

    private SSLSocket connect(String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {ANY}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", site.port);
        socket.setSoTimeout(Wait.SECONDS * 1000);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private static String head(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /api/boards HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] some = new byte[4096];
        return new String(some, 0, socket.getInputStream().read(some), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                "TLS_RSA_WITH_AES_128_GCM_SHA256"
            })
    void suiteWithoutForwardSecrecyOrAuthenticatedEncryptionIsRefused(String suite) throws Exception {
        try (SSLSocket socket = connect("TLSv1.2")) {
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThrows(SSLException.class, socket::startHandshake);
        }
    }

    @Test
    void newCertificateBringsNoOtherSuitesAndConnectionsAreCountedAsBefore() throws Exception {
        Certificate renewed = SelfSigned.in(folder, "127.0.0.1").read();
        Until.isTrue("the new certificate is used", () -> {
            try (SSLSocket socket = connect("TLSv1.2")) {
                return socket.getSession().getPeerCertificates()[0].equals(renewed);
            }
        });
        suiteWithoutForwardSecrecyOrAuthenticatedEncryptionIsRefused("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256");
        oneAddressThatNobodyKnowsHasNoMoreThanAQuarter();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void todaysProtocolsAreSpokenAndBrowsersAreToldToComeBackByThem(String protocol) throws Exception {
        try (SSLSocket socket = connect(protocol)) {
            String head = head(socket);
            assertTrue(head.startsWith("HTTP/1.1 200 OK"), head);
            assertTrue(head.contains("Strict-Transport-Security: max-age=31536000"), head);
        }
    }

    /** Tests that ran before in this JVM may have used TLS already: the build sets the property for all of them. */
    @Test
    void jdkIsToldToRefuseNewKeys() {
        System.clearProperty(Tls.NO_RENEGOTIATION);
        assertFalse(new Tls(TlsConfig.DEFAULT, channel -> {}).isOn());
        assertEquals("true", System.getProperty(Tls.NO_RENEGOTIATION));
    }

    @Test
    void clientCannotHaveTheKeysMadeAnew() throws Exception {
        try (SSLSocket socket = connect("TLSv1.2")) {
            assertTrue(head(socket).startsWith("HTTP/1.1 200 OK"));
            socket.startHandshake(); // Asks for it, and does not wait.
            assertThrows(IOException.class, () -> {
                for (int asked = 0; asked < 1000; asked++) {
                    head(socket);
                }
            });
        }
    }

    /** They are closed by and by, but not before somebody else could have come. */
    @Test
    void silentConnectionsAreCountedAsTheyComeAndEndSoon() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (CapturedLog log = new CapturedLog()) {
            for (int count = 0; count < 257; count++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), site.port));
            }
            Socket last = new Socket(InetAddress.getLoopbackAddress(), site.port);
            silent.add(last);
            last.setSoTimeout(4_000);
            assertEquals(-1, last.getInputStream().read(), "one too many");
            assertTrue(log.lines(Level.WARN).get(0).contains("Refused a connection: there are 257 already"));
            silent.get(0).setSoTimeout(Wait.SECONDS * 1000);
            assertEquals(-1, silent.get(0).getInputStream().read(), "it never began");
            try (SSLSocket socket = connect("TLSv1.3")) {
                assertTrue(head(socket).startsWith("HTTP/1.1 200 OK"));
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void oneAddressThatNobodyKnowsHasNoMoreThanAQuarter() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int count = 0; count <= 64; count++) {
                Socket socket = new Socket();
                socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port));
                silent.add(socket);
            }
            silent.get(64).setSoTimeout(4_000);
            assertEquals(-1, silent.get(64).getInputStream().read(), "one too many");
            try (SSLSocket socket = connect("TLSv1.3")) {
                assertTrue(head(socket).startsWith("HTTP/1.1 200 OK"), "others are served");
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
