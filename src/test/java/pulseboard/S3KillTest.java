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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Server;
import pulseboard.engine.ChildRun;

/** Engine, worker and monitor are killed at random moments, thirty times. */
@Tag("soak")
@Timeout(value = 1_800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3KillTest {

    private static final int KILLS = 30;
    private static final int WORKERS = 2;
    private static final long PART = 5 << 20;
    private static final int FILE = 80_000_000;
    private static final int SMALL = 100;
    private static final int SMALL_BYTES = 60_000;

    /** Headers, and what was in buffers of this machine at the moment. */
    private static final long OVERHEAD = 2_000_000;

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(30);

    @Test
    void killedThirtyTimesItLosesNothingAndSendsOnlyWhatWasUnderWayAgain() throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")));
                Relay line = new Relay(server.port())) {
            S3Case files = new S3Case(server, folder, "killed");
            files.file("one.bin", FILE);
            files.file("two.bin", FILE);
            for (int number = 0; number < SMALL; number++) {
                files.file("small/" + number, SMALL_BYTES);
            }
            line.limit(12_000_000);
            String port =
                    FreePort.any(); // A worker that outlives its monitor finds the next one where the last one was.
            Path settings = files.settingsFile(line.address(), WORKERS);
            for (int kill = 0; kill < KILLS; kill++) {
                CountDownLatch reached = new CountDownLatch(1);
                try (Program program = monitor(settings, port)) {
                    URI address = program.awaitAddress();
                    begin(address);
                    line.whenUp(random.nextInt((int) (WORKERS * PART)), reached::countDown);
                    boolean isSending = reached.await(30, TimeUnit.SECONDS);
                    killOne(kill % 4, program, files, isSending);
                }
            }
            line.limit(0);
            try (Program program = monitor(settings, port)) {
                URI address = program.awaitAddress();
                begin(address);
                Until.isTrue("it is done", () -> isDone(address));
            }
            long all = 2L * FILE + (long) SMALL * SMALL_BYTES;
            long again = line.upBytes() - all;
            assertTrue(again <= KILLS * (WORKERS * PART + OVERHEAD), again + " bytes were sent again");
            files.requireEqualByRclone();
            assertEquals("", files.openUploads());
        }
    }

    private Program monitor(Path settings, String port) throws IOException {
        Map<String, String> environment = Map.of(
                "LC_ALL", "C.UTF-8", "XDG_STATE_HOME", folder.resolve("monitor").toString());
        return Program.start(environment, "--port", port, "--config", settings.toString());
    }

    /** A run, or the one that is still under way. */
    private void begin(URI address) throws Exception {
        Until.isTrue("the job can be started", () -> {
            int code = start(address);
            return code == 200 || code == 409;
        });
    }

    /** The engine, the worker, the monitor, or all of them, the monitor first. */
    private static void killOne(int which, Program program, S3Case files, boolean isSending)
            throws IOException, InterruptedException {
        ProcessHandle engine = engine(files);
        ProcessHandle worker = engine == null ? null : engine.parent().orElse(null);
        if (which >= 2) {
            program.signal("KILL");
        }
        if (which == 1 || which == 3) {
            kill(worker);
        }
        if (which == 0 || which == 3 || !isSending) {
            kill(engine);
        }
    }

    private static void kill(@Nullable ProcessHandle process) {
        if (process != null && process.destroyForcibly()) {
            ProcessHandle unused = process.onExit().join();
        }
    }

    /** By its number and its start: the JDK tells only the first 4,096 bytes of a command line, which the class path fills. */
    private static @Nullable ProcessHandle engine(S3Case files) {
        return new ChildRun(files.state().resolve("photos").resolve("engine.pid"))
                .running()
                .orElse(null);
    }

    private int start(URI address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/boards/s3/actions/start"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"job\":\"photos\"}"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** The run that was found may be one that another was begun for. */
    private boolean isDone(URI address) throws Exception {
        String phase = phase(address);
        return phase.equals("done") || (phase.equals("lost") && start(address) < 0);
    }

    private String phase(URI address) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("api/boards/s3")).build();
        return new JsonObject(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .getJsonObject("state", new JsonObject())
                .getJsonObject("jobs", new JsonObject())
                .getJsonObject("photos", new JsonObject())
                .getString("phase", "");
    }
}
