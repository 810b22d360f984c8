package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.SelfSigned;
import pulseboard.auth.Access;

/** Clients of HTTP/2 that ask and do not read, while everything else on their connections goes on. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class Http2GuardTest {

    @TempDir
    private Path folder;

    /** One that nobody refers to is closed. */
    private final List<Object> clients = new ArrayList<>();

    private Site site(Vertx vertx, WebConfig config) throws Exception {
        SelfSigned.in(folder, "127.0.0.1").read();
        TlsConfig tls = new TlsConfig(
                folder.resolve("own.pem").toString(), folder.resolve("own.key").toString());
        return new Site(vertx, config, tls, Access.open());
    }

    /** A client with one connection, which opens so much room for each answer. */
    private HttpClient connect(Vertx vertx, Site site, int window) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(site.port)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(window)));
        clients.add(client);
        return client;
    }

    private static Future<HttpClientResponse> asking(HttpClient client, String path) {
        return Ask.with(client, new RequestOptions().setURI(path), "", Future::succeededFuture);
    }

    private static void askInVain(HttpClient client) {
        Ask.with(client, new RequestOptions().setURI("/api/boards/test"), "", answer -> {
                    answer.exceptionHandler(cut -> {});
                    return Future.succeededFuture();
                })
                .onFailure(cut -> {});
    }

    private static HttpClientResponse ask(HttpClient client, String path) {
        return Wait.on(asking(client, path));
    }

    @Test
    void connectionOnWhichNothingCanBeWrittenEndsThoughItAnswersPings(Vertx vertx) throws Exception {
        Site site = site(vertx, Site.configWithWriteTimeout(10));
        try (CapturedLog log = new CapturedLog()) {
            HttpClientResponse answer = ask(connect(vertx, site, 0), "/");
            assertEquals(200, answer.statusCode());
            HttpConnection connection = answer.request().connection();
            Promise<Void> closed = Promise.promise();
            connection.closeHandler(closed::complete);
            long timer = vertx.setPeriodic(500, due -> connection.ping(Buffer.buffer("12345678")));
            Wait.on(closed.future());
            vertx.cancelTimer(timer);
            assertEquals(
                    List.of("Closed a connection: none of its streams could write for web.writeTimeoutSeconds"
                            + " (0 more since the last such line)"),
                    log.messages(Warnings.class.getName()));
        }
    }

    @Test
    void connectionThatLeavesMegabytesUnreadEndsAndOthersAreServed(Vertx vertx) throws Exception {
        Site site = site(vertx, Site.config());
        site.board.publish(JsonObject.of("text", "x".repeat(300_000)));
        HttpClient other = connect(vertx, site, 65_535);
        HttpClient client = connect(vertx, site, 0);
        Promise<Void> closed = Promise.promise();
        ask(client, "/api/boards").request().connection().closeHandler(closed::complete);
        for (int asked = 0; asked < 31; asked++) {
            askInVain(client);
        }
        Wait.on(closed.future());
        assertEquals(200, ask(other, "/api/boards").statusCode());
    }

    /** Each of them within its own bound. */
    @Test
    void connectionThatLeavesMostUnreadEndsWhenAllTogetherLeaveTooMuch(Vertx vertx) throws Exception {
        Site site = site(vertx, Site.config());
        site.board.publish(JsonObject.of("text", "x".repeat(1_000_000)));
        List<HttpClient> each = new ArrayList<>();
        List<Future<Void>> ends = new ArrayList<>();
        for (int count = 0; count < 4; count++) {
            HttpClient client = connect(vertx, site, 0);
            Promise<Void> closed = Promise.promise();
            ask(client, "/api/boards").request().connection().closeHandler(closed::complete);
            each.add(client);
            ends.add(closed.future());
        }
        for (int asked = 0; asked < 7; asked++) {
            for (HttpClient client : each) {
                askInVain(client);
            }
        }
        Wait.on(Future.any(ends));
        assertEquals(200, ask(connect(vertx, site, 65_535), "/api/boards").statusCode());
    }

    /** Far more than may wait unread, one after the other. */
    @Test
    void answersThatWereReadTakeNoRoomAnyMore(Vertx vertx) throws Exception {
        Site site = site(vertx, Site.config());
        site.board.publish(JsonObject.of("text", "x".repeat(1_000_000)));
        HttpClient client = connect(vertx, site, 65_535);
        HttpConnection connection = ask(client, "/api/boards").request().connection();
        for (int answer = 0; answer < 30; answer++) {
            Wait.on(Ask.with(client, new RequestOptions().setURI("/api/boards/test"), "", response -> {
                assertSame(connection, response.request().connection());
                return Ask.whole(response);
            }));
        }
    }

    @Test
    void streamsAreCountedOverAllConnections(Vertx vertx) throws Exception {
        Site site = site(vertx, Site.configWithMostViewers(1)); // And 256 more.
        List<HttpClientResponse> unread = new ArrayList<>();
        for (int opened = 0; opened < 257; opened++) {
            if (opened % 30 == 0) {
                connect(vertx, site, 0);
            }
            unread.add(ask((HttpClient) clients.get(opened / 30), "/"));
        }
        HttpClient last = connect(vertx, site, 0);
        Throwable refused = asking(last, "/")
                .map((Throwable) null)
                .otherwise(failure -> failure)
                .await();
        assertTrue(refused instanceof StreamResetException reset && reset.getCode() == 7, String.valueOf(refused));
        Wait.on(unread.get(0).request().connection().close());
        Wait.Deadline deadline = new Wait.Deadline("room again");
        while (!isServed(last)) {
            deadline.check();
        }
    }

    private static boolean isServed(HttpClient client) {
        try {
            return ask(client, "/").statusCode() == 200;
        } catch (RuntimeException refused) {
            return false;
        }
    }
}
