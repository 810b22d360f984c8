package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.SelfSigned;
import pulseboard.feed.Addresses;

/** Anyone who asks about the history and does not read the answer keeps others out for a while only. */
@ExtendWith(VertxExtension.class)
class LateReaderTest {

    private static final String PATH = "/api/boards/" + Site.BOARD + "/history";

    /** While it is not read there is no room for a second one to the same address. */
    private static final String ANSWER = "x".repeat((int) HistoryRequests.MOST_UNREAD_OF_ONE);

    private static final String SHORT = "short";

    /** The first question is the one with a long answer: the others must be read in time on any machine. */
    private static Site site(Vertx vertx, TlsConfig tls) {
        Site site = Site.withoutPatience(vertx, tls);
        AtomicInteger asked = new AtomicInteger();
        Wait.on(vertx.eventBus()
                .<JsonObject>consumer(
                        Addresses.history(Site.BOARD),
                        question -> question.reply(asked.getAndIncrement() == 0 ? ANSWER : SHORT))
                .completion());
        return site;
    }

    private static void awaitRoom(Site site) {
        Wait.Deadline free = new Wait.Deadline("room for an answer");
        while (site.get(PATH).statusCode() != 200) {
            free.check();
        }
    }

    private static String question() {
        return JsonObject.of("type", "send", "address", Addresses.history(Site.BOARD), "replyAddress", "mine")
                .put("body", new JsonObject())
                .encode();
    }

    @Test
    void answerThatNobodyReadsEndsAndItsRoomIsFreeAgain(Vertx vertx) throws IOException {
        Site site = site(vertx, TlsConfig.DEFAULT);
        try (PlainSocket reader = PlainSocket.withSmallBuffer(site.port)) {
            assertTrue(reader.request("GET " + PATH + " HTTP/1.1", "Host: localhost")
                    .startsWith("HTTP/1.1 200 "));
            awaitRoom(site);
            assertTrue(reader.readFramesToEnd().length() < ANSWER.length());
        }
    }

    @Test
    void answerThatNobodyReadsEndsOnHttp2AndTheConnectionGoesOn(Vertx vertx, @TempDir Path folder) throws Exception {
        SelfSigned own = SelfSigned.in(folder, "127.0.0.1");
        Site site = site(
                vertx, new TlsConfig(own.certificate().toString(), own.key().toString()));
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(own.certificate().toString())));
        Promise<Throwable> end = Promise.promise();
        HttpClientResponse unread = Wait.on(ask(site, client, response -> {
            response.pause();
            response.exceptionHandler(end::tryComplete);
            return Future.succeededFuture(response);
        }));
        assertEquals(200, unread.statusCode());
        Wait.on(end.future());
        HttpClientResponse next = Wait.on(ask(site, client, Future::succeededFuture));
        assertEquals(200, next.statusCode());
        assertEquals(unread.request().connection(), next.request().connection());
        Wait.on(client.close());
    }

    private static Future<HttpClientResponse> ask(
            Site site, HttpClient client, Function<HttpClientResponse, Future<HttpClientResponse>> read) {
        RequestOptions options =
                new RequestOptions().setHost("127.0.0.1").setPort(site.port).setURI(PATH);
        return Ask.with(client, options, "", read);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answerThatNobodyReadsEndsOnAWebSocket(boolean framed, Vertx vertx) throws IOException {
        Site site = site(vertx, TlsConfig.DEFAULT);
        String path = framed ? Site.newSession() + "/websocket" : Site.RAW;
        try (PlainSocket reader = PlainSocket.upgradedWithSmallBuffer(site.port, path)) {
            reader.sendText(framed ? JsonArray.of(question()).encode() : question());
            reader.skipTo("xxx");
            awaitRoom(site);
            assertTrue(reader.readFramesToEnd().length() < ANSWER.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xhr", "xhr_streaming"})
    void answerThatNobodyReadsEndsOnATransportOfSockJs(String transport, Vertx vertx) throws IOException {
        Site site = site(vertx, TlsConfig.DEFAULT);
        String session = Site.newSession();
        String[] receive = {"POST " + session + "/" + transport + " HTTP/1.1", "Host: localhost", "Content-Length: 0"};
        try (PlainSocket opening = new PlainSocket(site.port);
                PlainSocket reader = PlainSocket.withSmallBuffer(site.port)) {
            if (transport.equals("xhr")) { // The first answer says that it is open, and no more.
                opening.request(receive[0], receive[1], receive[2], "Connection: close");
                opening.skipToEnd();
            }
            reader.send(String.join("\r\n", receive) + "\r\n\r\n");
            Wait.Deadline open = new Wait.Deadline("session");
            while (send(site, session) != 204) {
                open.check();
            }
            reader.skipTo("xxx");
            awaitRoom(site);
            assertTrue(reader.readFramesToEnd().length() < ANSWER.length());
        }
    }

    private static int send(Site site, String session) {
        Buffer question = Buffer.buffer(JsonArray.of(question()).encode());
        return Wait.on(site.request(HttpMethod.POST, session + "/xhr_send").sendBuffer(question))
                .statusCode();
    }
}
