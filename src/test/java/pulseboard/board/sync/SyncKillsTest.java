package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.HashedFile;
import pulseboard.Program;
import pulseboard.Until;
import pulseboard.board.sync.agent.Agent;
import pulseboard.board.sync.agent.AgentLimits;
import pulseboard.board.sync.wire.Invitation;

/**
 * An agent and a coordinator that are killed at any moment while files go round. How often: {@code pulseboard.sync.kills}; the seed is
 * printed.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
class SyncKillsTest {

    private static final int KILLS = Integer.getInteger("pulseboard.sync.kills", 4);
    private static final int EDITS = 60;
    private static final int NAMES = 80;
    private static final int MOST_MILLISECONDS = 1_200;

    @TempDir
    private Path root;

    private final long seed = Long.getLong("pulseboard.sync.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** Most are small; one in fifteen is fetched by chunks. */
    private void edit(Path folder, String name) throws IOException {
        byte[] bytes =
                new byte[random.nextInt(15) == 0 ? 2_000_000 + random.nextInt(1_000_000) : random.nextInt(20_000)];
        random.nextBytes(bytes);
        Path aside = Files.createDirectories(root.resolve("aside"));
        String unused = HashedFile.write(aside, folder.resolve(name), bytes, Instant.now());
    }

    private void edits(Path folder, String prefix) throws IOException {
        for (int number = 0; number < EDITS; number++) {
            String name = prefix + random.nextInt(NAMES);
            if (random.nextInt(6) == 0) {
                boolean unused = Files.deleteIfExists(folder.resolve(name));
            } else {
                edit(folder, name);
            }
        }
    }

    private void anyMoment() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLISECONDS));
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static void look(Path folder, Set<String> torn, AtomicBoolean isOver) {
        while (!isOver.get()) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(each -> !each.startsWith(folder.resolve(".pulseboard-sync")))
                        .filter(Files::isRegularFile)
                        .filter(each -> HashedFile.hashOf(each).equals("torn"))
                        .forEach(each -> torn.add(each.toString()));
            } catch (IOException | UncheckedIOException e) {
                Thread.onSpinWait(); // Something is gone just now.
            }
        }
    }

    private Program agent(String name) throws IOException {
        String state = root.resolve("state-" + name).toString();
        return Program.start(Map.of("LC_ALL", "C.UTF-8"), "sync", "agent", "--state", state);
    }

    private void killAgent(SyncCase sync, String prefix) throws Exception {
        edits(sync.folder("a"), prefix);
        try (Program agent = agent("b")) {
            Until.isTrue(
                    "it begins to work", () -> !"offline".equals(sync.node("b").getString("status")));
            edits(sync.folder("a"), prefix);
            anyMoment();
            agent.signal("KILL");
            Program.End end = agent.awaitEnd();
            assertEquals(137, end.code(), end::toString);
        }
        Until.isTrue("that is known", () -> "offline".equals(sync.node("b").getString("status")));
    }

    @Test
    void agentThatIsKilledAtAnyMomentShowsNoHalfFileAndGoesOn() throws Exception {
        System.out.println("seed " + seed + ", " + KILLS + " kills");
        SyncCase sync = new SyncCase(root);
        Set<String> torn = new ConcurrentSkipListSet<>();
        AtomicBoolean isOver = new AtomicBoolean();
        Path folder = Files.createDirectories(sync.folder("b"));
        Thread reader = new Thread(() -> look(folder, torn, isOver));
        try {
            sync.add("a");
            Invitation invitation = sync.invitation();
            invitation.keep(root.resolve("coordinator/invitations"), "docs", System.currentTimeMillis());
            assertEquals("", sync.join("b", invitation));
            reader.start();
            for (int kill = 0; kill < KILLS; kill++) {
                killAgent(sync, "d" + kill % 3 + "/f");
            }
            sync.start("b");
            Until.isTrue("all is equal", () -> sync.tree("b").equals(sync.tree("a")));
            sync.stop("b"); // What was replaced is kept now.
            assertEquals(Set.of(), names(folder.resolve(".pulseboard-sync/old")));
            assertEquals(Set.of("folder.json", "old", "parts", "versions"), names(folder.resolve(".pulseboard-sync")));
            assertEquals(Set.of(), torn);
        } finally {
            isOver.set(true);
            reader.join();
            sync.close();
        }
    }

    private Program coordinator(int port) throws IOException {
        return Program.startMain(SyncCase.class.getName(), Map.of(), root.toString(), Integer.toString(port));
    }

    /** What the coordinator says of each number, until it is killed. No number may ever be another change's. */
    private static void watch(URI order, Map<Long, String> numbers, Set<String> twice, AtomicBoolean isOver) {
        HttpClient http = HttpClient.newHttpClient();
        while (!isOver.get()) {
            try {
                HttpResponse<String> said =
                        http.send(HttpRequest.newBuilder(order).build(), HttpResponse.BodyHandlers.ofString());
                note(new JsonObject(said.body()), numbers, twice);
            } catch (IOException e) {
                return; // It is gone.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void note(JsonObject said, Map<Long, String> numbers, Set<String> twice) {
        for (Object each : said.getJsonArray("changes", new io.vertx.core.json.JsonArray())) {
            JsonObject change = (JsonObject) each;
            String what = change.getString("path") + " " + change.getString("version");
            String before = numbers.putIfAbsent(change.getLong("seq"), what);
            if (before != null && !before.equals(what)) {
                twice.add(change.getLong("seq") + ": " + before + " and " + what);
            }
        }
    }

    private static boolean isEqual(Path a, Path b) throws IOException {
        boolean isBoth = Files.exists(a.resolve("b")) && Files.exists(b.resolve("a"));
        return isBoth && SyncCase.tree(a).equals(SyncCase.tree(b));
    }

    private static URI order(String line) {
        return URI.create("http://127.0.0.1:" + line.replaceAll(".* ", "") + "/causal-order?folder=docs&limit=1000");
    }

    private Agent joined(String name) throws Exception {
        Invitation invitation = SyncCase.invitation(root);
        invitation.keep(root.resolve("coordinator/invitations"), "docs", System.currentTimeMillis());
        assertEquals("", SyncCase.join(root, name, invitation, new AgentLimits(0, 0, 0, Map.of())));
        return SyncCase.started(root.resolve("state-" + name));
    }

    @Test
    void coordinatorThatIsKilledAtAnyMomentGivesNoNumberTwiceAndForgetsNothingItHasAcknowledged() throws Exception {
        System.out.println("seed " + seed + ", " + KILLS + " kills");
        Map<Long, String> numbers = new TreeMap<>();
        Set<String> twice = new HashSet<>();
        List<String> names = List.of("a", "b");
        Map<String, Agent> agents = new TreeMap<>();
        Program running = coordinator(0);
        try {
            String said = running.awaitLine("it is at ");
            int port = SyncCase.invitation(root).port();
            for (String name : names) {
                agents.put(name, joined(name));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                String line = said;
                AtomicBoolean isOver = new AtomicBoolean();
                Thread watching = new Thread(() -> watch(order(line), numbers, twice, isOver));
                watching.start();
                for (String name : names) {
                    edits(root.resolve(name), name + "/f");
                }
                anyMoment();
                running.signal("KILL");
                assertEquals(137, running.awaitEnd().code());
                isOver.set(true);
                watching.join();
                running = coordinator(port);
                said = running.awaitLine("it is at ");
            }
            Until.isTrue("all is equal", () -> isEqual(root.resolve("a"), root.resolve("b")));
            assertEquals(Set.of(), twice);
        } finally {
            agents.values().forEach(Agent::close);
            running.close();
        }
    }
}
