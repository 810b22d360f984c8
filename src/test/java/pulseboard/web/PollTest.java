package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.SelfSigned;
import pulseboard.auth.Access;

/** Sessions of SockJS that poll, and what else goes on on their connections. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PollTest {

    private static final String HOST = "Host: localhost";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set where it is made.
    private Site site;

    /** In HTTP/1.1 the server's end of a connection, without a word before, meets what a client just sent. */
    @Test
    void connectionStaysOpenWhenAPollIsAnswered(Vertx vertx) throws IOException {
        site = new Site(vertx);
        String session = Site.newSession();
        String question = question();
        try (PlainSocket socket = new PlainSocket(site.port)) {
            for (String answer : List.of("o", "snapshot-of-one", "snapshot-of-one")) {
                assertHead("200 OK", socket.request(post(session + "/xhr"), HOST, "Content-Length: 0"));
                socket.skipTo(answer);
                socket.skipTo("\r\n0\r\n\r\n");
                socket.send(post(session + "/xhr_send") + "\r\n" + HOST + "\r\n");
                assertHead("204 No Content", socket.request("Content-Length: " + question.length(), "", question));
            }
        }
    }

    @Test
    void otherRequestsOnTheConnectionGoOnWhenAPollIsAnswered(Vertx vertx) throws Exception {
        HttpClient client = clientOfHttp2(vertx);
        Promise<Void> change = Promise.promise();
        HttpClientResponse stream =
                Wait.on(Ask.with(client, new RequestOptions().setURI("/api/boards/test/stream"), "", response -> {
                    response.exceptionHandler(change::tryFail).handler(part -> {
                        if (part.toString().contains("afterwards")) {
                            change.tryComplete();
                        }
                    });
                    return Future.succeededFuture(response);
                }));
        HttpConnection connection = stream.request().connection();
        String session = Site.newSession();
        assertEquals("o\n", read(client, session + "/xhr", "", connection));
        assertEquals("", read(client, session + "/xhr_send", question(), connection));
        String answer = read(client, session + "/xhr", "", connection);
        assertTrue(answer.contains("snapshot-of-one"), answer);
        site.board.publish(JsonObject.of("text", "afterwards"));
        Wait.on(change.future());
    }

    private HttpClient clientOfHttp2(Vertx vertx) throws Exception {
        SelfSigned.in(folder, "127.0.0.1").read();
        TlsConfig tls = new TlsConfig(
                folder.resolve("own.pem").toString(), folder.resolve("own.key").toString());
        site = new Site(vertx, Site.config(), tls, Access.open());
        return vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(site.port)
                .setProtocolVersion(HttpVersion.HTTP_2));
    }

    /** Posts, and returns the answer, which must come on the same connection. */
    private static String read(HttpClient client, String path, String body, HttpConnection connection) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setURI(path);
        return Wait.on(Ask.with(client, options, body, response -> {
            assertSame(connection, response.request().connection());
            return Ask.whole(response);
        }));
    }

    private static String question() {
        JsonObject question = JsonObject.of(
                "type", "send", "address", Site.SNAPSHOT, "replyAddress", "snapshot-of-one", "body", new JsonObject());
        return JsonArray.of(question.encode()).encode();
    }

    private static String post(String path) {
        return "POST " + path + " HTTP/1.1";
    }

    private static void assertHead(String status, String head) {
        assertTrue(head.startsWith("HTTP/1.1 " + status), head);
    }
}
