package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pulseboard.Until;
import pulseboard.board.sync.agent.AgentConfig;
import pulseboard.board.sync.agent.AgentLimits;

/** What a machine may use, and which way a folder goes. */
class SyncLimitsTest extends SyncMachines {

    SyncLimitsTest() {
        super("a");
    }

    private static AgentLimits of(String mode) {
        return new AgentLimits(0, 0, 0, Map.of("docs", mode));
    }

    @Test
    void whatDoesNotFitOnADiskWaitsAndIsSaidAndComesWhenThereIsRoom() throws Exception {
        sync.add("b", new AgentLimits(Long.MAX_VALUE / 2, 0, 0, Map.of()));
        sync.write("a", "f", "content");
        Until.isTrue("it is said", () -> "disk_full".equals(sync.node("b").getString("trouble")));
        assertEquals("error", sync.node("b").getString("status"));
        assertEquals(Map.of(), sync.tree("b"));
        sync.stop("b");
        withoutLimits();
        sync.start("b");
        sync.awaitTree("b", Map.of("f", SyncCase.hashOf("content")));
        Until.isTrue("nothing is said any more", () -> !sync.node("b").containsKey("trouble"));
    }

    @Test
    void contentsComeNoFasterThanTheyMay() throws Exception {
        int perSecond = 1 << 20;
        sync.add("b", new AgentLimits(0, 0, perSecond, Map.of()));
        byte[] bytes = new byte[4 * perSecond];
        new Random(7).nextBytes(bytes);
        Path there = sync.folder("b").resolve("large");
        long began = System.nanoTime();
        sync.write("a", "large", bytes);
        Until.isTrue("it comes", () -> Files.exists(there));
        double seconds = (System.nanoTime() - began) / 1e9;
        assertTrue(seconds > 3.5, () -> bytes.length + " bytes in " + seconds + " s");
    }

    /** As when a machine is switched off in the middle: what is there of a content is verified, and the rest fetched. */
    @Test
    void contentThatWasCutOffGoesOnWhereItWas() throws Exception {
        byte[] bytes = new byte[24 << 20];
        new Random(27).nextBytes(bytes);
        // Slow until it is cut off: however late this sees it, not all of it is there.
        sync.add("b", new AgentLimits(0, 0, 2 << 20, Map.of()));
        sync.write("a", "large", bytes);
        AtomicLong done = new AtomicLong();
        Until.isTrue("some of it is there", () -> {
            done.set(sync.board().getJsonObject("transfers").stream()
                    .mapToLong(each -> ((JsonObject) each.getValue()).getLong("doneBytes"))
                    .sum());
            return done.get() >= bytes.length / 8;
        });
        sync.stop("b");
        assertEquals(Map.of(), sync.tree("b"));
        withoutLimits();
        sync.start("b");
        sync.awaitTree("b", sync.tree("a"));
        Until.isTrue("it is told", () -> !lastTransfer().isEmpty());
        long wire = lastTransfer().getLong("wireBytes");
        long missing = bytes.length - done.get();
        assertTrue(wire <= missing + bytes.length / 50, () -> wire + " for " + missing);
    }

    /** Of a machine that is stopped. */
    private void withoutLimits() throws Exception {
        AgentConfig config = AgentConfig.in(sync.state("b"));
        new AgentConfig(
                        config.name(),
                        config.host(),
                        config.port(),
                        config.coordinator(),
                        config.listen(),
                        config.folders(),
                        of("both"))
                .keep(sync.state("b"));
    }

    private JsonObject lastTransfer() throws Exception {
        JsonObject last = sync.board().getJsonObject("delta").getJsonObject("last");
        return last.fieldNames().stream()
                .reduce((one, other) -> other)
                .map(last::getJsonObject)
                .orElseGet(JsonObject::new);
    }

    @Test
    void whereAFolderIsForReceiveEditsAreDriftUntilTheyAreTakenBack() throws Exception {
        sync.add("b", of("receive"));
        sync.write("a", "f", "theirs");
        sync.write("a", "g", "theirs");
        Map<String, String> wanted = Map.of("f", SyncCase.hashOf("theirs"), "g", SyncCase.hashOf("theirs"));
        sync.awaitTree("b", wanted);
        sync.write("b", "f", "mine");
        sync.write("b", "new", "mine");
        Files.delete(sync.folder("b").resolve("g"));
        Until.isTrue("three paths are drift", () -> sync.node("b").getLong("driftFiles", 0L) == 3);
        sync.write("a", "marker", "later");
        Until.isTrue("what others tell still comes", () -> sync.tree("b").containsKey("marker"));
        assertEquals(SyncCase.hashOf("theirs"), sync.tree("a").get("f"));
        assertFalse(sync.tree("a").containsKey("new"));
        sync.act("revert", new JsonObject().put("node", "b"));
        sync.awaitTree("b", sync.tree("a"));
        Path versions = sync.folder("b").resolve(".pulseboard-sync/versions");
        try (var all = Files.walk(versions)) {
            assertEquals(
                    2,
                    all.filter(Files::isRegularFile)
                            .filter(each -> isText(each, "mine"))
                            .count());
        }
    }

    private static boolean isText(Path file, String text) {
        try {
            return Files.readString(file).equals(text);
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Test
    void whereAFolderIsForSendNothingOfOthersIsPut() throws Exception {
        sync.add("b", of("send"));
        sync.write("b", "f", "mine");
        sync.awaitTree("a", Map.of("f", SyncCase.hashOf("mine")));
        sync.write("a", "f", "theirs");
        sync.write("a", "g", "theirs");
        Until.isTrue(
                "it is known",
                () -> sync.board()
                                        .getJsonObject("folders")
                                        .getJsonObject("docs")
                                        .getLong("files")
                                == 2
                        && sync.node("b").getLong("behindChanges") == 0);
        sync.write("b", "h", "mine");
        Until.isTrue("it goes on telling", () -> sync.tree("a").containsKey("h"));
        assertEquals(Map.of("f", SyncCase.hashOf("mine"), "h", SyncCase.hashOf("mine")), sync.tree("b"));
    }
}
