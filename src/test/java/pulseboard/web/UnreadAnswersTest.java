package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import pulseboard.feed.Addresses;

/** An answer about the history may be megabytes: what becomes of those that nobody reads. */
@ExtendWith(VertxExtension.class)
class UnreadAnswersTest {

    private static final String PATH = "/api/boards/" + Site.BOARD + "/history";
    private static final String[] ASK = {"GET " + PATH + " HTTP/1.1", "Host: localhost"};
    private static final String ANSWER = "x".repeat(1 << 20);

    /** More of these answers than may be unread. */
    private static final int TOO_MANY = 20;

    private static void awaitAnswer(Site site) {
        Wait.Deadline answered = new Wait.Deadline("answer");
        while (site.get(PATH).statusCode() != 200) {
            answered.check();
        }
    }

    @Test
    void unreadAnswersAreBoundedAndGoWithTheirReaders(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        vertx.eventBus().<JsonObject>consumer(Addresses.history(Site.BOARD), question -> question.reply(ANSWER));
        List<PlainSocket> readers = new ArrayList<>();
        try {
            int answered = 0;
            for (int reader = 0; reader < TOO_MANY; reader++) {
                readers.add(PlainSocket.withSmallBuffer(site.port));
                String head = readers.get(reader).request(ASK);
                answered += head.startsWith("HTTP/1.1 200 ") ? 1 : 0;
            }
            assertTrue(answered > 0 && answered < TOO_MANY, answered + " were answered");
            assertEquals("busy", site.get(PATH).bodyAsJsonObject().getString("error"));
        } finally {
            for (PlainSocket reader : readers) {
                reader.close();
            }
        }
        awaitAnswer(site);
    }

    @Test
    void answersToThoseWhoHaveGoneAreNotWaitedFor(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        BlockingQueue<Message<JsonObject>> asked = new LinkedBlockingQueue<>();
        vertx.eventBus().<JsonObject>consumer(Addresses.history(Site.BOARD), asked::add);
        List<Message<JsonObject>> questions = new ArrayList<>();
        for (int reader = 0; reader < TOO_MANY; reader++) {
            try (PlainSocket socket = PlainSocket.withSmallBuffer(site.port)) {
                socket.send(String.join("\r\n", ASK) + "\r\n\r\n");
                if (reader < 2) { // The others wait for these.
                    questions.add(Wait.next(asked, "question"));
                }
            }
        }
        for (int turn = 0; turn < 3; turn++) {
            site.get("/api/health"); // By now the server knows who has gone.
        }
        questions.forEach(question -> question.reply(ANSWER));
        Future<HttpResponse<Buffer>> answer = site.request(HttpMethod.GET, PATH).send();
        Wait.next(asked, "the next question of somebody who is there").reply(ANSWER);
        assertEquals(200, Wait.on(answer).statusCode());
        assertTrue(asked.isEmpty(), "nobody else is there");
    }
}
