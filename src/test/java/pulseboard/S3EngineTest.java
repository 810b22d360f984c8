package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Server;

/** The engine of the S3 board as a process of its own: in the terminal, below the board, and killed. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3EngineTest {

    private static final int FILE = 15_000_000;
    private static final int SMALL = 40;
    private static final int SMALL_BYTES = 50_000;
    private static final long PART = 5 << 20;
    private static final int WORKERS = 2;
    private static final Map<String, String> UTF8 = Map.of("LC_ALL", "C.UTF-8");

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static S3Server server;

    @TempDir
    private static Path serverFolder;

    /** Bytes a second: an engine is still at work when a worker that is slow to start has found it. */
    private static final int LEISURELY = 400_000;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void startServer() throws IOException {
        server = new S3Server(serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeFiles() throws IOException {
        files = new S3Case(server, folder, "b" + UUID.randomUUID().toString().substring(0, 8));
        files.file("large.bin", 2 * FILE);
        for (int number = 0; number < SMALL; number++) {
            files.file("small/" + number, SMALL_BYTES);
        }
    }

    private Program start(Path settings) throws IOException {
        return Program.start(UTF8, "s3", "run", "photos", "--config", settings.toString());
    }

    @Test
    void killedAtAnyMomentItLosesNothingAndSendsOnlyWhatWasUnderWayAgain() throws Exception {
        long all = 2L * FILE + SMALL * SMALL_BYTES;
        try (Relay line = new Relay(server.port())) {
            line.limit(15_000_000);
            Path settings = files.settingsFile(line.address(), WORKERS);
            int kills = 0;
            for (long after : new long[] {3_000_000, 9_000_000, 14_000_000}) {
                CountDownLatch reached = new CountDownLatch(1);
                line.whenUp(after, () -> {
                    line.hold(); // Or it might be done before it is killed.
                    reached.countDown();
                });
                try (Program engine = start(settings)) {
                    reached.await();
                    engine.signal("KILL");
                    assertNotEquals(0, engine.awaitEndUnread());
                    kills++;
                } finally {
                    line.goOn();
                }
            }
            try (Program engine = start(settings)) {
                Program.End end = engine.awaitEnd();
                assertEquals(0, end.code(), end::toString);
                assertTrue(String.join("\n", end.errors()).contains("done: "), end::toString);
            }
            long overhead = 2_000_000; // Headers, and what was in buffers of this machine when it was killed.
            long again = line.upBytes() - all;
            assertTrue(again <= kills * (WORKERS * PART + overhead), again + " bytes were sent again");
        }
        files.requireEqualByRclone();
    }

    @Test
    void stopIsPoliteAndHasItsOwnCode() throws Exception {
        try (Relay line = new Relay(server.port())) {
            line.limit(5_000_000);
            CountDownLatch reached = new CountDownLatch(1);
            line.whenUp(1_000_000, reached::countDown);
            try (Program engine = start(files.settingsFile(line.address(), WORKERS))) {
                reached.await();
                engine.terminate();
                assertEquals(4, engine.awaitEnd().code());
            }
        }
        assertFalse(Files.exists(files.objects().resolve("p/large.bin")));
    }

    @Test
    void errorOfJavaIsOneLineAndTheCodeOfWhatCannotBeDone() throws Exception {
        Path deep = files.source();
        for (int depth = 0; depth < 1_500; depth++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        String settings = files.settingsFile(server.address(), WORKERS).toString();
        try (Program engine = Program.startWith("-Xss256k", UTF8, "s3", "run", "photos", "--config", settings)) {
            Program.End end = engine.awaitEnd();
            assertEquals(1, end.code(), end::toString);
            assertTrue(
                    end.errors().contains("the engine cannot go on: java.lang.StackOverflowError [internal]"),
                    end::toString);
            assertEquals(
                    List.of(),
                    end.errors().stream()
                            .filter(line -> line.startsWith("\tat"))
                            .toList());
        } finally {
            removeAll(files.source().resolve("d"));
        }
        String last = Files.readString(files.state().resolve("photos/last.json"));
        assertEquals("failed", new JsonObject(last).getString("phase"));
    }

    /** What removes the folder of a test goes down by recursion, too. */
    private static void removeAll(Path folder) throws Exception {
        assertEquals(
                0, new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor());
    }

    @Test
    void unknownJobIsAMistakeThatNamesThoseThereAre() throws Exception {
        Program.End end = Program.run(
                "s3",
                "run",
                "photo",
                "--config",
                files.settingsFile(server.address(), WORKERS).toString());
        assertEquals(2, end.code());
        assertTrue(
                end.errors().get(0).endsWith("there is no job photo in the settings; those there are: photos"),
                end::toString);
    }

    @Test
    void folderAndBucketNeedNoSettings() throws Exception {
        Map<String, String> environment = Map.of(
                "LC_ALL",
                "C.UTF-8",
                "AWS_ACCESS_KEY_ID",
                S3Server.KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET,
                "PULSEBOARD_S3_FOLDER",
                folder.resolve("runs").toString(),
                "PULSEBOARD_S3_SETTLE_SECONDS",
                "0");
        String[] command = {
            "s3",
            "run",
            "--source",
            files.source().toString(),
            "--bucket",
            files.bucket(),
            "--prefix",
            "p/",
            "--endpoint",
            server.address()
        };
        for (String sent : new String[] {(SMALL + 1) + " files sent", "0 files sent"}) {
            try (Program engine = Program.start(environment, command)) {
                Program.End end = engine.awaitEnd();
                assertEquals(0, end.code(), end::toString);
                assertTrue(String.join("\n", end.errors()).contains("done: " + sent), end::toString);
            }
        }
        files.requireEqualByRclone();
        Program.End mistake = Program.run("s3", "run", "--source", "/srv", "--bucket", "B");
        assertEquals(2, mistake.code());
        assertTrue(mistake.errors().get(0).contains("--bucket must be the name of a bucket"), mistake::toString);
        assertEquals(2, Program.run("s3", "run", "photos", "--bucket", "photos").code());
    }

    @Test
    void boardStartsItShowsItFindsItAgainAndSaysWhenItWasKilled() throws Exception {
        try (Relay line = new Relay(server.port());
                Program program = Program.start(
                        UTF8,
                        "--port",
                        "0",
                        "--config",
                        files.settingsFile(line.address(), WORKERS).toString())) {
            line.limit(LEISURELY);
            URI address = program.awaitAddress();
            Until.isTrue(
                    "the job is idle", () -> job(address).getString("phase", "").equals("idle"));
            assertEquals(404, act(address, "start", "nothing"));
            assertEquals(409, act(address, "stop", "photos"));
            assertEquals(200, act(address, "start", "photos"));
            assertEquals(409, act(address, "start", "photos"));
            Until.isTrue("bytes are sent", () -> sent(address) > 0);
            String run = job(address).getJsonObject("run").getString("id");
            long before = sent(address);
            kill(work());
            Until.isTrue("it is found again, and has gone on", () -> sent(address) > before + 1_000_000);
            assertEquals(run, job(address).getJsonObject("run").getString("id"));
            kill(engine());
            Until.isTrue("it is lost", () -> job(address).getString("phase").equals("lost"));
            requireOutcomeOfRealRunsOnly(address, line);
            assertEquals(100.0, job(address).getJsonObject("bytes").getDouble("percent"));
            program.terminate();
            assertEquals(143, program.awaitEndUnread());
        }
        files.requireEqualByRclone();
    }

    /** A dry run takes no alarm back. */
    private void requireOutcomeOfRealRunsOnly(URI address, Relay line) throws Exception {
        assertEquals("lost", job(address).getString("lastOutcome"));
        line.limit(0);
        assertEquals(200, post(address, "start", "{\"job\":\"photos\",\"dryRun\":true}"));
        Until.isTrue("it is tried", () -> job(address).getString("phase").equals("done"));
        assertTrue(job(address).getBoolean("dryRun"));
        assertEquals("lost", job(address).getString("lastOutcome"), "a trial takes no alarm back");
        assertEquals(200, act(address, "start", "photos"));
        Until.isTrue("it is done", () -> job(address).getString("phase").equals("done"));
        Until.isTrue(
                "that is the outcome",
                () -> job(address).getString("lastOutcome").equals("done"));
    }

    @Test
    void engineThatIsKilledWhileNobodyLooksIsLost() throws Exception {
        try (Relay line = new Relay(server.port());
                Program program = Program.start(
                        UTF8,
                        "--port",
                        "0",
                        "--config",
                        files.settingsFile(line.address(), WORKERS).toString())) {
            line.limit(LEISURELY);
            URI address = program.awaitAddress();
            Until.isTrue("it starts", () -> act(address, "start", "photos") == 200);
            Until.isTrue("bytes are sent", () -> sent(address) > 0);
            ProcessHandle engine = engine();
            kill(work());
            kill(engine);
            Until.isTrue("it is lost", () -> job(address).getString("phase").equals("lost"));
            assertTrue(job(address).getJsonObject("run").getString("reason").contains("the next run goes on"));
        }
    }

    private JsonObject job(URI address) throws Exception {
        String body = http.send(
                        HttpRequest.newBuilder(address.resolve("api/boards/s3")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return new JsonObject(body)
                .getJsonObject("state", new JsonObject())
                .getJsonObject("jobs", new JsonObject())
                .getJsonObject("photos", new JsonObject());
    }

    private long sent(URI address) throws Exception {
        return job(address).getJsonObject("bytes", new JsonObject()).getLong("sent", 0L);
    }

    private int act(URI address, String action, String job) throws Exception {
        return post(address, action, "{\"job\":\"" + job + "\"}");
    }

    private int post(URI address, String action, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/boards/s3/actions/" + action))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** The process that holds the board: the parent of the engine. */
    private ProcessHandle work() throws IOException {
        return engine().parent().orElseThrow();
    }

    private ProcessHandle engine() throws IOException {
        String pid = Files.readString(files.state().resolve("photos").resolve("engine.pid"))
                .split(" ", -1)[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void kill(ProcessHandle process) {
        assertTrue(process.destroyForcibly());
        ProcessHandle unused = process.onExit().join();
    }
}
