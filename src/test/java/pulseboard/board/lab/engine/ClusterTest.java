package pulseboard.board.lab.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Program;
import pulseboard.Until;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.engine.History.Proposal;
import pulseboard.board.lab.engine.Placement.Mode;

/** Real nodes, real uploaders, real kills: what is decided stays decided, and can be read. One cluster for all, which is whole again after each. */
@Tag("long")
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {

    private static final int ROUNDS = Integer.getInteger("pulseboard.lab.rounds", 6);

    private static final int ATTEMPTS = 5;

    @TempDir
    private static Path folder;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    private Engine engine;
    private Engine.Parts parts;

    @BeforeAll
    void start() throws Exception {
        List<String> program = Program.command();
        engine = new Engine(vertx, new Engine.Setting(folder, 5, "", 4, program));
        on(engine::start);
        parts = engine.parts();
    }

    @AfterEach
    void startWhoeverIsGone() throws Exception {
        for (String id : parts.cluster().ids()) {
            NodeProcess node = parts.cluster().node(id);
            if (!node.isAlive()) {
                on(node::start);
            }
        }
    }

    @AfterAll
    void stop() throws Exception {
        on(engine::stop);
        vertx.close().toCompletionStage().toCompletableFuture().get(3, TimeUnit.MINUTES);
    }

    /** What uses the engine does so on its event loop. */
    private <T> T on(Callable<Future<T>> task) throws Exception {
        return Future.<T>future(promise -> vertx.runOnContext(begun -> {
                    try {
                        task.call().onComplete(promise);
                    } catch (Exception e) {
                        promise.fail(e);
                    }
                }))
                .toCompletionStage()
                .toCompletableFuture()
                .get(3, TimeUnit.MINUTES);
    }

    private Future<Located> put(String name, Mode mode, String uploader, boolean isOwner) {
        Run run = new Run("test", name, mode, "test");
        Uploads.Chunk chunk = new Uploads.Chunk(name, 1, mode, bytes(name + uploader));
        return parts.uploads().decide(chunk, new Decision.Terms(uploader, isOwner, run, new Order(List.of())));
    }

    /** By one uploader, where enough nodes are there; on a busy machine they may be slower than a decision can wait. */
    private Located decided(String name, Mode mode) throws Exception {
        for (int attempt = 1; true; attempt++) {
            boolean isFirst = attempt == 1; // Only then it owns the chunk: nobody has proposed anything.
            try {
                return on(() -> put(name, mode, "up", isFirst));
            } catch (ExecutionException e) {
                if (attempt == ATTEMPTS || !(e.getCause() instanceof Decision.NoQuorum)) {
                    throw e;
                }
            }
        }
    }

    private static byte[] bytes(String of) {
        byte[] bytes = new byte[30_011];
        new Random(of.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private byte[] get(Located chunk) throws Exception {
        return on(() ->
                Chunks.get(chunk, parts.cluster().direct(), parts.cluster().ids(), Chunks.NOBODY));
    }

    /** Proposes a chunk, and notes when that began, when it was answered, and what the answer was. */
    private Future<Located> propose(String name, Mode mode, String uploader, List<Proposal> history) {
        long began = System.nanoTime();
        return put(name, mode, uploader, uploader.equals("up-a"))
                .onSuccess(decided -> history.add(new Proposal(
                        uploader, began, System.nanoTime(), decided.placement().uploader())))
                .onFailure(gaveUp -> history.add(new Proposal(uploader, began, History.NEVER, null)));
    }

    private static <T> Future<Void> join(List<Future<T>> all) {
        return Future.join(all).transform(done -> Future.succeededFuture());
    }

    @Test
    void uploadersOfOneChunkAgreeWhoeverIsKilled() throws Exception {
        Random random = new Random(11);
        int rounds = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String name = "c" + round;
            Mode mode = round % 2 == 0 ? Mode.REPLICATED : Mode.CODED;
            NodeProcess victim = parts.cluster().node("n" + (1 + random.nextInt(5)));
            List<Proposal> history = new ArrayList<>();
            List<Future<Located>> all = new ArrayList<>();
            on(() -> {
                all.add(propose(name, mode, "up-a", history));
                all.add(propose(name, mode, "up-b", history));
                all.add(propose(name, mode, "up-c", history));
                return victim.kill().compose(killed -> join(all));
            });
            // Who comes when all is decided is told the same, or what was decided was not.
            on(() -> propose(name, mode, "up-late", history).transform(done -> Future.succeededFuture()));
            on(victim::start);
            assertTrue(History.isLinearizable(history), history::toString);
            List<Located> decided =
                    all.stream().filter(Future::succeeded).map(Future::result).toList();
            if (decided.isEmpty()) {
                continue; // All gave up, as they may on a very busy machine.
            }
            rounds++;
            assertEquals(1, decided.stream().distinct().count(), decided::toString);
            String winner = decided.get(0).placement().uploader();
            assertArrayEquals(bytes(name + winner), get(decided.get(0)));
        }
        assertTrue(rounds > 0, "nothing was decided in any round");
    }

    @Test
    void twoNodesMayBeLostAndTheThirdIsNoQuorum() throws Exception {
        Located copied = decided("copied", Mode.REPLICATED);
        Located coded = decided("coded", Mode.CODED);
        List<String> holders = copied.placement().nodes();
        on(parts.cluster().node(holders.get(0))::kill);
        Located later = decided("later", Mode.CODED);
        on(parts.cluster().node(holders.get(1))::kill);
        for (Map.Entry<String, Located> each :
                Map.of("copied", copied, "coded", coded, "later", later).entrySet()) {
            assertArrayEquals(bytes(each.getKey() + "up"), get(each.getValue()));
        }
        on(parts.cluster().node(holders.get(2))::kill);
        ExecutionException refused =
                assertThrows(ExecutionException.class, () -> on(() -> put("none", Mode.CODED, "up", true)));
        assertInstanceOf(Decision.NoQuorum.class, refused.getCause());
    }

    @Test
    void catalogueIsMadeAnewFromTheNodes() throws Exception {
        Map<String, Located> before = chunksOfTheClip();
        assertTrue(before.size() > 30, before::toString);
        on(engine::stop);
        start();
        assertEquals(before, chunksOfTheClip());
        assertTrue(parts.catalogue().videos().containsKey(Clip.ID));
    }

    private Map<String, Located> chunksOfTheClip() {
        Map<String, Located> chunks = new TreeMap<>(parts.catalogue().chunks());
        chunks.keySet().removeIf(name -> !name.startsWith(Clip.ID));
        return chunks;
    }

    @Test
    void scenariosAreExecutedAndCounted() throws Exception {
        // Of three answers the last one does not count where two have decided before it came.
        Until.isTrue("one takes six messages", () -> messagesOfANormalOne() == 6);
        JsonObject two = on(() -> engine.act("rehearse", new JsonObject().put("scenario", "two_uploaders")));
        assertEquals("uploader-1", two.getJsonObject("head").getString("chosen"));
        String record = two.getJsonArray("record").encode();
        assertTrue(record.contains("\"outcome\":\"lost\""), record);
        assertTrue(record.contains("NACK"), record);
        JsonObject down = on(() -> engine.act("rehearse", new JsonObject().put("scenario", "node_down")));
        assertEquals("uploader-1", down.getJsonObject("head").getString("chosen"));
        assertTrue(down.getJsonArray("record").encode().contains("LOST"));
    }

    private int messagesOfANormalOne() throws Exception {
        try {
            JsonObject normal = on(() -> engine.act("rehearse", new JsonObject().put("scenario", "normal")));
            int messages = normal.getJsonObject("head").getInteger("messages");
            assertTrue(messages <= 6, normal::encode);
            return messages;
        } catch (ExecutionException slow) {
            return 0;
        }
    }

    /** Three nodes lose what they have one after the other, as if nobody had looked: two would be enough to lose it without repair. */
    @Test
    void whatANodeMissedOrHasDamagedIsPutThere() throws Exception {
        int before = parts.repair().toJson().getInteger("missing");
        NodeProcess absent = parts.cluster().node("n4");
        on(absent::kill);
        Located chunk = decided("missed", Mode.CODED);
        on(absent::start);
        assertFalse(on(() -> parts.repair().untilSound(chunk, "n4", 0)));
        on(() -> parts.repair().check(chunk, "n4").mapEmpty());
        assertTrue(on(() -> parts.repair().untilSound(chunk, "n4", 60_000)));
        // What other tests left where a node was gone is put there meanwhile, too.
        assertTrue(parts.repair().toJson().getInteger("missing") > before);
        on(parts.cluster().node("n1")::kill);
        on(parts.cluster().node("n2")::kill);
        assertArrayEquals(bytes("missedup"), get(chunk));
    }

    @Test
    void popularVideoBecomesCopiesAndFragmentsAgainWhileItIsRead() throws Exception {
        Video clip = Objects.requireNonNull(parts.catalogue().videos().get(Clip.ID));
        Map<String, byte[]> before = new TreeMap<>();
        for (String name : clip.segmentChunks()) {
            before.put(name, get(parts.catalogue().find(name).orElseThrow()));
        }
        engine.redundancy().keepOld(50);
        assertEquals(Mode.CODED, modeOf(clip));
        for (int view = 0; view < 4; view++) {
            on(() -> {
                engine.redundancy().viewed(Clip.ID);
                return Future.succeededFuture();
            });
        }
        Until.isTrue("it is kept as copies", () -> modeOf(clip) == Mode.REPLICATED);
        for (Map.Entry<String, byte[]> each : before.entrySet()) {
            Located now = parts.catalogue().find(each.getKey()).orElseThrow();
            assertEquals(2, now.generation());
            assertArrayEquals(each.getValue(), get(now));
        }
        on(() -> engine.act("redundancy", new JsonObject().put("video", Clip.ID).put("mode", "coded")));
        Until.isTrue("it is coded again", () -> modeOf(clip) == Mode.CODED);
        Until.isTrue(
                "nodes have one generation of it",
                () -> parts.cluster().direct().values().stream().allMatch(this::hasOneGeneration));
    }

    private boolean hasOneGeneration(NodeClient node) {
        try {
            return on(() -> node.json(HttpMethod.GET, "/records", Buffer.buffer())).getJsonArray("records").stream()
                    .map(each -> Catalogue.located((JsonObject) each))
                    .filter(each -> each.name().startsWith(Clip.ID + "-"))
                    .allMatch(each ->
                            parts.catalogue().find(each.name()).orElseThrow().generation() == each.generation());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** That of all segments, or none where they differ. */
    private @Nullable Mode modeOf(Video video) {
        List<Mode> modes = video.segmentChunks().stream()
                .map(name ->
                        parts.catalogue().find(name).orElseThrow().placement().mode())
                .distinct()
                .toList();
        return modes.size() == 1 ? modes.get(0) : null;
    }
}
