package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.CephServer;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Server;
import pulseboard.board.s3.With;
import pulseboard.engine.ChildRun;

/** Engine, worker and monitor are killed at random moments of runs that send: four times in the gate, thirty times in the long tests. */
@Timeout(value = 1_800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3KillTest {

    private static final int MANY = 30;

    /** An engine, a worker, both or none of them, and a monitor. */
    private static final int FEW = 4;

    /** So slow that each kill meets a run that sends. */
    private static final int BYTES_PER_SECOND = 3_000_000;

    private static final int WORKERS = 2;
    private static final long PART = 5 << 20;
    private static final int FILE = 40_000_000;
    private static final int SMALL = 100;
    private static final int SMALL_BYTES = 60_000;

    /** Headers, lists, and what was in buffers of this machine at the moment. */
    private static final long OVERHEAD = 2_000_000;

    private static final Set<String> OVER = Set.of("idle", "done", "failed", "lost", "stopped");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(30);
    private final Set<String> doneRuns = new HashSet<>();
    private long allBytes;
    private int engineKills;

    @Test
    void killedItLosesNothingAndSendsOnlyWhatWasUnderWayAgain() throws Exception {
        killedWithS3Proxy(FEW);
    }

    @Test
    @Tag("soak") // Some minutes each.
    void theSameAgainAndAgain() throws Exception {
        killedWithS3Proxy(MANY);
    }

    @Test
    @Tag("soak")
    void theSameAgainAndAgainWithCeph() throws Exception {
        CephServer server = CephServer.shared();
        killed(MANY, server.port(), new S3Case(server.user(), folder, "killed" + UUID.randomUUID()));
    }

    private void killedWithS3Proxy(int kills) throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")))) {
            killed(kills, server.port(), new S3Case(server, folder, "killed"));
        }
    }

    private void killed(int kills, int server, S3Case files) throws Exception {
        try (Relay line = new Relay(server)) {
            add(files, "one.bin", FILE);
            for (int number = 0; number < SMALL; number++) {
                add(files, "small/" + number, SMALL_BYTES);
            }
            Path settings = files.settingsFile(S3Case.withJob(
                    With.values(files.config(line.address()), Map.of("maxWorkers", WORKERS)),
                    Map.of("limitBytesPerSecond", BYTES_PER_SECOND)));
            String port =
                    FreePort.any(); // A worker that outlives its monitor finds the next one where the last one was.
            for (int kill = 0; kill < kills; kill += FEW) {
                lifeOfAMonitor(monitor(settings, port), files, line, Math.min(FEW, kills - kill));
            }
            try (Program program = monitor(settings, port)) {
                URI address = program.awaitAddress();
                Until.isTrue("it is done", () -> isDone(address));
            }
            long again = line.upBytes() - allBytes;
            assertTrue(
                    again <= engineKills * (WORKERS * PART + OVERHEAD) + OVERHEAD,
                    again + " bytes were sent again after " + engineKills + " kills of the engine");
            files.requireEqualByRclone();
            assertEquals("", files.openUploads());
        }
    }

    private void add(S3Case files, String path, int bytes) throws IOException {
        Path unused = files.file(path, bytes);
        allBytes += bytes;
    }

    private Program monitor(Path settings, String port) throws IOException {
        Map<String, String> environment = Map.of(
                "LC_ALL", "C.UTF-8", "XDG_STATE_HOME", folder.resolve("monitor").toString());
        return Program.start(environment, "--port", port, "--config", settings.toString());
    }

    /** Engine, worker, both, and in the end the monitor, with or without the others. */
    private void lifeOfAMonitor(Program monitor, S3Case files, Relay line, int kills) throws Exception {
        try (Program program = monitor) {
            URI address = program.awaitAddress();
            for (int kill = 0; kill < kills; kill++) {
                awaitSending(address, files, line);
                ProcessHandle engine = engine(files).orElseThrow();
                ProcessHandle worker = worker().orElseThrow();
                boolean isLast = kill == kills - 1;
                if (isLast) {
                    program.signal("KILL");
                }
                boolean isAll = random.nextBoolean();
                if (kill == 1 || (kill >= 2 && isAll)) {
                    kill(worker);
                }
                if (kill == 0 || (kill >= 2 && isAll)) {
                    kill(engine);
                    engineKills++;
                }
            }
        }
    }

    /** A run is under way, and has sent somewhere between nothing and all that can be under way at once since this was asked. */
    private void awaitSending(URI address, S3Case files, Relay line) throws Exception {
        AtomicBoolean isReached = new AtomicBoolean();
        line.whenUp(random.nextInt((int) (WORKERS * PART)), () -> isReached.set(true));
        Until.isTrue("a run sends", () -> {
            JsonObject job = job(address);
            if (job.getString("phase", "").equals("done")
                    && doneRuns.add(job.getJsonObject("run").getString("id"))) {
                add(files, "more/" + doneRuns.size(), FILE); // The next one has something to send.
            }
            startIfOver(address, job);
            return isReached.get() && engine(files).isPresent() && worker().isPresent();
        });
    }

    private static void kill(ProcessHandle process) {
        boolean unused = process.destroyForcibly();
        ProcessHandle unusedEither = process.onExit().join();
    }

    private static Optional<ProcessHandle> engine(S3Case files) {
        return new ChildRun(files.state().resolve("photos").resolve("engine.pid")).running();
    }

    /** Not the parent of an engine: once that one was killed, it is the system's first process. */
    private Optional<ProcessHandle> worker() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("monitor"))) {
            return all.filter(file -> file.endsWith("work.pid"))
                    .findFirst()
                    .flatMap(file -> new ChildRun(file).running());
        }
    }

    private int act(URI address, String action, JsonObject body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/boards/s3/actions/" + action))
                .POST(HttpRequest.BodyPublishers.ofString(
                        body.put("job", "photos").encode()))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** Another run is begun where the last one was killed, and what is left goes as fast as it can. */
    private boolean isDone(URI address) throws Exception {
        JsonObject job = job(address);
        if (job.getString("phase", "").equals("done")) {
            return true;
        }
        startIfOver(address, job);
        int unused = act(address, "limit", new JsonObject().put("bytesPerSecond", 0));
        return false;
    }

    private void startIfOver(URI address, JsonObject job) throws Exception {
        if (OVER.contains(job.getString("phase", ""))) {
            int unused = act(address, "start", new JsonObject());
        }
    }

    private JsonObject job(URI address) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("api/boards/s3")).build();
        return new JsonObject(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .getJsonObject("state", new JsonObject())
                .getJsonObject("jobs", new JsonObject())
                .getJsonObject("photos", new JsonObject());
    }
}
