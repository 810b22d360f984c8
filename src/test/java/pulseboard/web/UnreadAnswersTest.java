package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import pulseboard.bus.Addresses;

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
        AtomicBoolean isSlow = new AtomicBoolean(true);
        vertx.eventBus().<JsonObject>consumer(Addresses.history(Site.BOARD), question -> {
            if (isSlow.get()) {
                asked.add(question);
            } else {
                question.reply(ANSWER);
            }
        });
        List<Message<JsonObject>> questions = new ArrayList<>();
        for (int reader = 0; reader < TOO_MANY; reader++) {
            try (PlainSocket socket = PlainSocket.withSmallBuffer(site.port)) {
                socket.send(String.join("\r\n", ASK) + "\r\n\r\n");
                questions.add(Wait.next(asked, "question"));
            }
        }
        for (int turn = 0; turn < 3; turn++) {
            site.get("/api/health"); // By now the server knows who has gone.
        }
        isSlow.set(false);
        questions.forEach(question -> question.reply(ANSWER));
        awaitAnswer(site);
    }
}
