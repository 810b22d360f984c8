package pulseboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boards announce themselves, and whoever follows the directory hears of them. */
class DirectoryTest {

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private final Directory.Listener listener = new Directory.Listener() {
        @Override
        public void announced(BoardInfo board) {
            heard.add("+" + board.id() + " " + board.title());
        }

        @Override
        public void withdrawn(BoardId board) {
            heard.add("-" + board);
        }
    };

    private static final class Board extends VerticleBase {
        private final BoardInfo info;

        @SuppressWarnings("NullAway.Init")
        private FeedPublisher publisher;

        Board(BoardInfo info) {
            this.info = info;
        }

        @Override
        public Future<?> start() {
            publisher = new FeedPublisher(vertx, info);
            return publisher.ready();
        }

        void close() {
            context.runOnContext(now -> publisher.close());
        }
    }

    @BeforeEach
    void deploy() throws Exception {
        await(vertx.deployVerticle(new DirectoryVerticle()));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(120, TimeUnit.SECONDS);
    }

    private Board board(BoardInfo info) throws Exception {
        Board board = new Board(info);
        await(vertx.deployVerticle(board));
        return board;
    }

    private void follow() throws Exception {
        Promise<Void> followed = Promise.promise();
        vertx.runOnContext(now -> Directory.follow(vertx, listener).onComplete(followed));
        await(followed.future());
    }

    private String next() throws InterruptedException {
        String said = heard.poll(120, TimeUnit.SECONDS);
        if (said == null) {
            throw new AssertionError("nothing was heard within 20 s");
        }
        return said;
    }

    @Test
    void whoFollowsHearsOfThoseBeforeAndAfter() throws Exception {
        board(BoardInfo.of("early", "Early"));
        follow();
        assertEquals("+boards Boards", next());
        assertEquals("+early Early", next());
        Board late = board(BoardInfo.of("late", "Late"));
        assertEquals("+late Late", next());
        late.close();
        assertEquals("-late", next());
    }

    @Test
    void boardThatBeginsAnewSaysWhatIsNewAndTheOldOneCannotWithdrawIt() throws Exception {
        follow();
        next();
        Board first = board(BoardInfo.of("a", "First"));
        assertEquals("+a First", next());
        board(BoardInfo.of("a", "Second"));
        assertEquals("+a Second", next());
        first.close();
        board(BoardInfo.of("b", "Other"));
        assertEquals("+b Other", next(), "and no -a before it");
    }

    @Test
    void infoIsTheSameAfterTheWay() {
        BoardInfo info = BoardInfo.of("a", "A board")
                .onDemand()
                .keeping(KeptNumbers.of("!meta.**", "**").atMost(7))
                .loggedByMinute()
                .withFacts()
                .action(
                        "go",
                        ActionInfo.of("Goes")
                                .takes("to", Parameter.Type.STRING, true, "Where")
                                .forAdmins())
                .resource(new ResourceInfo("GET", "items/:id", "One item"));
        assertEquals(info, BoardInfo.of(info.id(), new JsonObject(info.toJson().encode())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a", "A", "a/b/c", "a.b", "1a", "a b", "a*"})
    void whatIsNoNameIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> BoardId.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "history", "history.csv", "actions/go", "facts", "a//b", "../x", "/a", "a/"})
    void pathThatEveryBoardHasIsNoResource(String path) {
        assertThrows(IllegalArgumentException.class, () -> new ResourceInfo("GET", path, "Taken"));
    }
}
