package pulseboard.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.auth.Access;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Change;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.Feed;
import pulseboard.web.TlsConfig;
import pulseboard.web.WebConfig;
import pulseboard.web.WebVerticle;

/** The generator sees what there is to see: its viewers follow the real web side and notice what is wrong. */
@ExtendWith(VertxExtension.class)
class LoadTest {

    private static final int VIEWERS = 20;
    private static final int PATIENCE_SECONDS = 120;
    private static final String BOARD = "test";

    private final Board board = new Board();
    private final Pulse pulse = new Pulse();
    private URI url = URI.create("http://127.0.0.1/");
    private String webId = "";

    /** A board that can keep a change to itself or tell it wrong. */
    private static final class Board extends VerticleBase {
        private final Feed feed = new Feed("epoch", System::currentTimeMillis);

        @Override
        public Future<?> start() {
            vertx.eventBus()
                    .consumer(
                            Addresses.snapshot(BOARD),
                            request -> request.reply(feed.snapshot().toJson()));
            // As a publisher does; this one has a feed of its own.
            JsonObject info = BoardInfo.of(BOARD, BOARD).toJson();
            return vertx.eventBus().request("boards.announce", JsonObject.of("id", BOARD, "epoch", "e", "info", info));
        }

        void publish(JsonObject state, JsonObject wrong) throws TimeoutException {
            JsonObject change = update(state).toJson();
            change.getJsonObject("patch").mergeIn(wrong);
            vertx.eventBus().publish(Addresses.changes(BOARD), change);
        }

        Change update(JsonObject state) throws TimeoutException {
            Promise<Change> updated = Promise.promise();
            context.runOnContext(now -> updated.complete(feed.update(state).orElseThrow()));
            return updated.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static WebVerticle web(int port) {
        return new WebVerticle(
                new WebConfig(
                        "127.0.0.1",
                        port,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        VIEWERS,
                        32,
                        4096,
                        150,
                        3600),
                TlsConfig.DEFAULT,
                BOARD,
                Access.open());
    }

    @BeforeEach
    void start(Vertx vertx) throws TimeoutException {
        WebVerticle web = web(0);
        webId = vertx.deployVerticle(new DirectoryVerticle())
                .compose(id -> vertx.deployVerticle(board))
                .compose(id -> vertx.deployVerticle(web))
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        url = URI.create("http://127.0.0.1:" + web.port() + "/");
    }

    private Crowd crowd(Transport transport) throws IOException {
        return crowd(new Plan(url, BOARD, transport, VIEWERS, 10_000));
    }

    private static Crowd crowd(Plan plan) throws IOException {
        Crowd crowd = new Crowd(plan);
        crowd.start();
        await(crowd, "viewers", () -> crowd.tally.following == VIEWERS);
        return crowd;
    }

    private static void await(Crowd crowd, String what, Supplier<Boolean> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!crowd.ask(condition)) {
            assertTrue(System.nanoTime() - end < 0, () -> what + ": " + crowd.ask(crowd.tally::toJson));
        }
    }

    private void publish(Crowd crowd, int changes) throws TimeoutException {
        for (int i = 1; i <= changes; i++) {
            long seen = crowd.ask(() -> crowd.tally.changes);
            board.publish(pulse.next(), new JsonObject());
            await(crowd, "changes", () -> crowd.tally.changes == seen + VIEWERS);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void everyViewerHasTheServersDocumentInTheEnd(Transport transport) throws Exception {
        try (Crowd crowd = crowd(transport)) {
            publish(crowd, 30);
            assertEquals(new Comparison.Result(30, VIEWERS, 0), Comparison.run(crowd));
            JsonObject report = crowd.ask(crowd.tally::toJson);
            assertEquals(30L * VIEWERS, report.getLong("changes"), report::encode);
            assertEquals(VIEWERS, report.getInteger("connected"), report::encode);
            assertEquals(0, report.getLong("holes") + report.getLong("resyncs"), report::encode);
            assertEquals(new JsonObject(), report.getJsonObject("complaints"));
            assertTrue(report.getLong("bytes") > 30L * VIEWERS * 200, report::encode);
        }
    }

    /** On a stream it is the server that sees it and sends a snapshot. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void holeIsCountedAndHealedByASnapshot(Transport transport) throws Exception {
        try (Crowd crowd = crowd(transport)) {
            publish(crowd, 1);
            board.update(pulse.next());
            board.publish(pulse.next(), new JsonObject());
            await(crowd, "resyncs", () -> crowd.tally.resyncs == VIEWERS);
            assertEquals(transport == Transport.STREAM ? 0 : VIEWERS, crowd.ask(() -> crowd.tally.holes));
            assertEquals(new Comparison.Result(3, VIEWERS, 0), Comparison.run(crowd));
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void documentThatDiffersIsFound(Transport transport) throws Exception {
        try (Crowd crowd = crowd(transport)) {
            publish(crowd, 1);
            board.publish(pulse.next(), JsonObject.of("forged", true));
            await(crowd, "changes", () -> crowd.tally.changes == 2 * VIEWERS);
            assertEquals(new Comparison.Result(2, 0, VIEWERS), Comparison.run(crowd));
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void viewerThatIsTurnedAwayIsCountedAsLost(Transport transport) throws Exception {
        Plan plan = new Plan(url, BOARD, transport, VIEWERS + 2, 10_000);
        try (Crowd crowd = new Crowd(plan)) {
            crowd.start();
            await(crowd, "losses", () -> crowd.tally.lost == 2 && crowd.tally.following == VIEWERS);
            publish(crowd, 1);
            assertEquals(VIEWERS, Comparison.run(crowd).equal());
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void lostViewersComeBackAndFollowAgain(Transport transport, Vertx vertx) throws Exception {
        try (Crowd crowd = crowd(new Plan(url, BOARD, transport, VIEWERS, 10_000, true))) {
            publish(crowd, 1);
            vertx.undeploy(webId).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            await(crowd, "losses", () -> crowd.tally.lost == VIEWERS && crowd.tally.following == 0);
            board.update(pulse.next());
            vertx.deployVerticle(web(url.getPort())).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            await(crowd, "viewers", () -> crowd.tally.following == VIEWERS);
            publish(crowd, 1);
            assertEquals(new Comparison.Result(3, VIEWERS, 0), Comparison.run(crowd));
            assertEquals(VIEWERS, crowd.ask(() -> crowd.tally.returned));
        }
    }
}
