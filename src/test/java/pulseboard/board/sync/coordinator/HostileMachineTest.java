package pulseboard.board.sync.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.wire.Invitation;

/** A machine that has joined and says what no agent would say: it is cut off, and the others see nothing of it. */
class HostileMachineTest {

    private static final int FRAMES = 20_000;
    private static final String CONTENT = "ab".repeat(32);

    @TempDir
    private Path state;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private Coordinator coordinator;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private Orders orders;

    private final Said hostile = new Said("f".repeat(64));
    private final Said good = new Said("0".repeat(64));

    /** A connection, and what it was told. */
    private record Said(String device, List<JsonObject> frames) implements Session {
        Said(String device) {
            this(device, new ArrayList<>());
        }

        @Override
        public String address() {
            return "127.0.0.1";
        }

        @Override
        public void send(JsonObject frame) {
            frames.add(frame);
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() throws Exception {
        coordinator = new Coordinator(state);
        orders = new Orders(coordinator);
        for (Map.Entry<String, Said> each :
                Map.of("hostile", hostile, "good", good).entrySet()) {
            Invitation invitation = Invitation.to("127.0.0.1", 1, "0".repeat(64));
            invitation.keep(coordinator.invitations(), "docs", System.currentTimeMillis());
            JsonObject join = new JsonObject()
                    .put("kind", "join")
                    .put("name", each.getKey())
                    .put("folders", new JsonArray().add("docs"))
                    .put("secret", invitation.secret());
            assertEquals("", coordinator.join(each.getValue(), join, System.nanoTime()));
            coordinator.frame(each.getValue(), hello());
        }
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    private static JsonObject hello() {
        JsonObject docs =
                new JsonObject().put("actor", "7").put("incarnation", "one").put("generation", 1);
        return new JsonObject()
                .put("kind", "hello")
                .put("name", "x")
                .put("host", "127.0.0.1")
                .put("port", 4_711)
                .put("folders", new JsonObject().put("docs", docs));
    }

    private static JsonObject change(String path, String contentId) {
        return new JsonObject()
                .put("path", path)
                .put("kind", "file")
                .put("size", 3)
                .put("mtimeNanos", 1_700_000_000_000_000_000L)
                .put("mode", 0644)
                .put("contentId", contentId)
                .put("version", "0000000000000007:1");
    }

    private static JsonObject announce(JsonObject... changes) {
        return frame("announce").put("changes", new JsonArray(List.of((Object[]) changes)));
    }

    private static JsonObject frame(String kind) {
        return new JsonObject().put("kind", kind).put("folder", "docs");
    }

    private static JsonObject status() {
        JsonObject transfer = new JsonObject()
                .put("path", "f")
                .put("from", "0".repeat(64))
                .put("kind", "new")
                .put("phase", "fetch")
                .put("sizeBytes", 3)
                .put("doneBytes", 1)
                .put("wireBytes", 9)
                .put("reusedBytes", 0)
                .put("milliseconds", 4)
                .put("startedAt", 1_700_000_000_000L);
        JsonObject both = new JsonObject().put("receivedBytes", 5).put("sentBytes", 6);
        JsonObject docs = new JsonObject()
                .put("wanted", 1)
                .put("isTold", true)
                .put("paused", false)
                .put("isFull", false)
                .put("held", "mass_delete")
                .put("goneFiles", 4)
                .put("driftFiles", 2)
                .put("directories", 3)
                .put("failures", 1)
                .put("active", new JsonArray().add(transfer))
                .put("ended", new JsonArray().add(transfer.copy()))
                .put("peers", new JsonObject().put("0".repeat(64), both));
        return new JsonObject().put("kind", "status").put("folders", new JsonObject().put("docs", docs));
    }

    private static List<JsonObject> frames() {
        Entry deleted = Entry.deleted(pulseboard.board.sync.rules.Version.NONE);
        JsonObject head = deleted.toJson()
                .put("path", "f")
                .put("seq", 1)
                .put("device", "0".repeat(64))
                .put("origins", new JsonArray());
        return List.of(
                hello(),
                status(),
                announce(change("f", CONTENT), change("d/g", CONTENT)),
                frame("heads").put("after", 0),
                frame("applied").put("seq", 1),
                frame("missing").put("head", head),
                new JsonObject().put("kind", "pong").put("at", 1),
                new JsonObject().put("kind", "told").put("ask", 1).put("versions", new JsonArray()));
    }

    /** Something that is not what it should be, somewhere in it. */
    private static Object spoiled(Object value, Random random) {
        if (value instanceof JsonObject json && !json.isEmpty() && random.nextInt(12) > 0) {
            JsonObject copy = json.copy();
            List<String> keys = List.copyOf(copy.fieldNames());
            String key = keys.get(random.nextInt(keys.size()));
            if (random.nextInt(8) == 0) {
                copy.remove(key);
            } else {
                copy.put(key, spoiled(copy.getValue(key), random));
            }
            return copy;
        }
        if (value instanceof JsonArray array && !array.isEmpty() && random.nextInt(8) > 0) {
            JsonArray copy = array.copy();
            int at = random.nextInt(copy.size());
            copy.set(at, spoiled(copy.getValue(at), random));
            return copy;
        }
        Object[] all = {
            "",
            "../x",
            "\0",
            "x".repeat(5_000),
            -1,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0.5,
            true,
            new JsonObject(),
            new JsonArray(),
            new JsonArray().add(new JsonObject()),
            "docs",
            "0000000000000007:9",
            CONTENT,
            random.nextInt(20)
        };
        return all[random.nextInt(all.length)];
    }

    @Test
    void whateverAMachineSaysTheBoardIsShownAndTheOthersAreAnswered() {
        Random random = new Random(18);
        int refused = 0;
        for (int number = 0; number < FRAMES; number++) {
            JsonObject valid = frames().get(random.nextInt(frames().size()));
            JsonObject frame = spoiled(valid, random) instanceof JsonObject said ? said : new JsonObject();
            try {
                coordinator.frame(hostile, new JsonObject(frame.encode()));
            } catch (RuntimeException e) {
                refused++;
                coordinator.lost(hostile); // It is cut off, and comes again.
                coordinator.frame(hostile, hello());
            }
            int times = number;
            assertTrue(orders.state(System.nanoTime()).containsKey("nodes"), () -> times + ": " + frame.encode());
            hostile.frames.clear();
            good.frames.clear();
        }
        assertTrue(refused > FRAMES / 10, "nothing was tried: " + refused);
        coordinator.frame(good, announce(change("new", CONTENT)));
        assertTrue(
                good.frames.stream().anyMatch(each -> "answers".equals(each.getString("kind"))), good.frames::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../x", "ab", "/etc/passwd", "AB"})
    void contentThatIsNamedByNoHashIsRefused(String contentId) {
        assertThrows(RuntimeException.class, () -> coordinator.frame(hostile, announce(change("f", contentId))));
    }

    @Test
    void nothingIsKeptOfMachinesThatNobodyKnows() {
        for (int number = 0; number < 100; number++) {
            JsonObject status = status();
            JsonObject docs = status.getJsonObject("folders").getJsonObject("docs");
            docs.getJsonObject("peers")
                    .put(
                            "made up " + number,
                            new JsonObject().put("receivedBytes", 1).put("sentBytes", 1));
            docs.put("more " + number, "x".repeat(100_000));
            coordinator.frame(hostile, status);
        }
        JsonObject shown = orders.state(System.nanoTime());
        assertEquals(1, shown.getJsonObject("links").size());
        assertTrue(shown.encode().length() < 20_000, () -> shown.encode().length() + " characters");
    }
}
