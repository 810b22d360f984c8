package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import pulseboard.Until;

/** What people decide of two edits. */
class SyncConflictsTest extends SyncMachines {

    private static final List<String> STRATEGIES =
            List.of("keep_head", "keep_other", "keep_both", "newest_by_file_time");

    SyncConflictsTest() {
        super("a", "b");
    }

    /** Edits at each of these paths that did not know of each other; those of b are older by their clock. */
    private void make(List<String> paths) throws Exception {
        sync.stop("a");
        sync.stop("b");
        for (String path : paths) {
            sync.write("a", path, "of a " + path);
            sync.write("b", path, "of b " + path);
            Files.setLastModifiedTime(
                    sync.folder("b").resolve(path), FileTime.from(Instant.now().minusSeconds(86_400)));
        }
        sync.start("a");
        sync.start("b");
        Until.isTrue(
                "all are known",
                () -> sync.board().getJsonObject("conflicts").size() == paths.size()
                        && sync.tree("a").size() == 2 * paths.size()
                        && sync.tree("a").equals(sync.tree("b")));
        awaitApplied();
    }

    private Map<String, String> ids() throws Exception {
        Map<String, String> ids = new TreeMap<>();
        sync.board()
                .getJsonObject("conflicts")
                .forEach(each -> ids.put(((JsonObject) each.getValue()).getString("path"), each.getKey()));
        return ids;
    }

    private static JsonObject wish(String id, String strategy) {
        return new JsonObject().put("conflict", id).put("strategy", strategy);
    }

    /** The files of a path, the copy's first: what is in them. */
    private Set<String> contents(String path) throws Exception {
        Set<String> all = new TreeSet<>();
        sync.tree("a").forEach((file, hash) -> {
            if (file.startsWith(path)) {
                all.add((file.equals(path) ? "" : "copy ") + hash);
            }
        });
        return all;
    }

    @Test
    void eachWayToDecideLeavesWhatItSaysOnAllMachinesAndIsTakenOnce() throws Exception {
        make(STRATEGIES);
        Map<String, String> ids = ids();
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (String strategy : STRATEGIES) {
            Set<String> both = contents(strategy);
            String copy = both.stream()
                    .filter(each -> each.startsWith("copy "))
                    .findFirst()
                    .orElseThrow();
            String head = both.stream()
                    .filter(each -> !each.startsWith("copy "))
                    .findFirst()
                    .orElseThrow();
            wanted.put(
                    strategy,
                    switch (strategy) {
                        case "keep_head" -> Set.of(head);
                        case "keep_other" -> Set.of(copy.substring(5));
                        case "keep_both" -> both;
                        default -> Set.of(SyncCase.hashOf("of a " + strategy));
                    });
        }
        for (String strategy : STRATEGIES) {
            String id = Objects.requireNonNull(ids.get(strategy));
            assertEquals("bad_parameter", sync.refusal("resolve", wish(id, "keep_none")));
            sync.act("resolve", wish(id, strategy));
            assertEquals("already_resolved", sync.refusal("resolve", wish(id, "keep_both")));
        }
        for (String strategy : STRATEGIES) {
            Until.isTrue(strategy + " is done", () -> contents(strategy).equals(wanted.get(strategy)));
        }
        Until.isTrue("it is so everywhere", () -> sync.tree("a").equals(sync.tree("b")));
        Until.isTrue("none waits", () -> sync.board().getJsonObject("conflicts").isEmpty());
    }

    private String decide(String id, String strategy) {
        try {
            return sync.refusal("resolve", wish(id, strategy));
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void ofTwoPeopleWhoDecideAtOnceOneIsTold() throws Exception {
        make(List.of("plan"));
        String id = Objects.requireNonNull(ids().get("plan"));
        List<CompletableFuture<String>> both = STRATEGIES.stream()
                .limit(2)
                .map(strategy -> CompletableFuture.supplyAsync(
                        () -> decide(id, strategy), task -> new Thread(task, strategy).start()))
                .toList();
        Set<String> said = new TreeSet<>();
        for (CompletableFuture<String> each : both) {
            said.add(each.get());
        }
        assertEquals(Set.of("", "already_resolved"), said);
    }
}
