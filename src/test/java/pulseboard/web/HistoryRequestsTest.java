package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One budget for all who ask about the history, by whatever way, and a part of it for each. */
@ExtendWith(VertxExtension.class)
class HistoryRequestsTest {

    private static final String HISTORY = "history";

    private final BlockingQueue<Message<JsonObject>> asked = new LinkedBlockingQueue<>();
    private HistoryRequests questions;
    private Context context;

    @BeforeEach
    void start(Vertx vertx) {
        context = vertx.getOrCreateContext();
        questions = new HistoryRequests(vertx, new Proxies(List.of()), HistoryRequests.PATIENCE_TO_READ_MILLISECONDS);
        Wait.on(vertx.eventBus().<JsonObject>consumer(HISTORY, asked::add).completion());
    }

    private List<Future<String>> ask(int times, String asker) {
        List<Future<String>> answers = new ArrayList<>();
        Future<Void> done = Future.future(promise -> context.runOnContext(now -> {
            for (int i = 0; i < times; i++) {
                answers.add(questions.ask(asker, HISTORY, JsonObject.of("asker", asker), () -> true));
            }
            promise.complete();
        }));
        Wait.on(done);
        return answers;
    }

    private static long refused(List<Future<String>> answers) {
        return answers.stream()
                .filter(answer ->
                        answer.failed() && ((ReplyException) answer.cause()).failureCode() == HistoryRequests.BUSY)
                .count();
    }

    private String nextAsker() {
        Message<JsonObject> question = Wait.next(asked, "question");
        question.reply("answer");
        return question.body().getString("asker");
    }

    @Test
    void oneWhoAsksMuchLeavesHalfOfThePlacesToOthersAndAllTogetherAreBounded() {
        int underWay = 2;
        assertEquals(50, refused(ask(HistoryRequests.MOST_WAITING_OF_ONE + underWay + 50, "one")));
        assertEquals(0, refused(ask(HistoryRequests.MOST_WAITING_OF_ONE, "two")));
        assertEquals(1, refused(ask(1, "three")), "over all");
    }

    @Test
    void workerGetsTwoAtATimeAndThoseWhoAskTakeTurns() {
        List<Future<String>> many = ask(50, "one");
        List<Future<String>> few = ask(2, "two");
        assertEquals(2, asked.size());
        List<String> order = new ArrayList<>();
        for (int question = 0; question < 7; question++) {
            order.add(nextAsker());
        }
        assertEquals(List.of("one", "one", "one", "two", "one", "two", "one"), order);
        few.forEach(answer -> assertEquals("answer", Wait.on(answer)));
        assertFalse(many.get(49).isComplete());
    }

    @Test
    void questionOfSomebodyWhoHasGoneIsNotAsked() {
        Future<Void> done = Future.future(promise -> context.runOnContext(now -> {
            Future<String> unused = questions.ask("gone", HISTORY, JsonObject.of("asker", "gone"), () -> false);
            promise.complete();
        }));
        Wait.on(done);
        ask(1, "here");
        assertEquals("here", nextAsker());
    }

    @Test
    void unreadAnswersOfOneAreHalfOfAllAtMostAndALoneOneMayBeOfAnyLength() {
        int half = (int) HistoryRequests.MOST_UNREAD_OF_ONE;
        assertTrue(questions.hold("one", half));
        assertFalse(questions.hold("one", 1));
        assertTrue(questions.hold("two", half - 1));
        assertFalse(questions.hold("three", 2), "over all");
        questions.release("one", half);
        assertTrue(questions.hold("three", 2));
        assertTrue(questions.hold("one", 1));
        questions.release("one", 1);
        questions.release("two", half - 1);
        questions.release("three", 2);
        assertTrue(questions.hold("one", 4 * half), "alone");
    }
}
