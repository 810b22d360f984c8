package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Server;

/** What a run says of its end while it goes on, held against its end. A limit of its own, or the line, is what makes it slow, not the machine. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class EtaTest {

    private static final int BYTES_PER_SECOND = 2_000_000;
    private static final int SMALL = 400;
    private static final int SMALL_BYTES = 20_000;
    private static final int LARGE = 3;
    private static final int LARGE_BYTES = 6_000_000;
    private static final int MORE_THAN_A_PAGE = 1_050;
    private static final double MOST = 0.15;
    private static final long SHOWN_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** On its way, and not yet on the slow line: less than a tenth of a second of it. */
    private static final int WAITING_BYTES = 65_536;

    @TempDir
    private Path folder;

    private final List<JsonObject> states = new CopyOnWriteArrayList<>();
    private final List<Long> moments = new CopyOnWriteArrayList<>();
    private long begun;
    private long ended;

    private static void make(S3Case files, String where, int count, int bytes) throws IOException {
        for (int number = 0; number < count; number++) {
            files.file(where + "/" + number, bytes);
        }
    }

    private S3Case files(S3Server server, String small, String large) throws IOException {
        S3Case files = new S3Case(server, folder, "eta");
        make(files, small, SMALL, SMALL_BYTES);
        make(files, large, LARGE, LARGE_BYTES);
        return files;
    }

    private JobRun run(S3Case files, S3Config config) throws InterruptedException {
        JobRun run = new JobRun("photos", config, files.state(), RunOptions.NONE);
        begun = System.nanoTime();
        int code = run.run(state -> {
            moments.add(System.nanoTime());
            states.add(state);
        });
        ended = System.nanoTime();
        assertEquals(JobRun.DONE, code, () -> run.state().encodePrettily());
        return run;
    }

    /** Each prediction from the middle, or another share, of the run on, as a share of all of it. */
    private void requireKnownEnd(double from) {
        List<Double> errors = new CopyOnWriteArrayList<>();
        for (int index = 0; index < states.size(); index++) {
            JsonObject estimate = states.get(index).getJsonObject("estimate");
            long at = moments.get(index);
            if (estimate != null && at - begun >= from * (ended - begun)) {
                double left = (ended - at) / 1e9;
                errors.add(Math.abs(left - estimate.getLong("remainingSeconds")) / ((ended - begun) / 1e9));
            }
        }
        assertTrue(errors.size() > 20, "it said little: " + errors);
        errors.sort(null);
        assertTrue(errors.get(errors.size() - 1) <= MOST, "of " + (ended - begun) / 1e9 + " s: " + errors);
    }

    private void requireTrueSpeed(JobRun run) {
        List<Double> speeds = new CopyOnWriteArrayList<>();
        for (int index = 0; index < states.size(); index++) {
            if (moments.get(index) - begun >= SHOWN_NANOS && states.get(index).containsKey("estimate")) {
                speeds.add(states.get(index).getJsonObject("rates").getDouble("bytesPerSecond") / BYTES_PER_SECOND);
            }
        }
        assertTrue(speeds.stream().allMatch(speed -> speed > 0.9 && speed < 1.1), speeds::toString);
        double peak = run.state().getJsonObject("rates").getDouble("peakBytesPerSecond");
        assertTrue(peak <= 1.1 * BYTES_PER_SECOND, "peak " + peak);
    }

    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void speedIsTrueAndTheEndIsKnownFromAThirdOfTheRunOn(String small, String large) throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")))) {
            S3Case files = files(server, small, large);
            JobRun run = run(
                    files,
                    S3Case.withJob(files.config(server.address()), Map.of("limitBytesPerSecond", BYTES_PER_SECOND)));
            requireTrueSpeed(run);
            requireKnownEnd(1.0 / 3);
        }
    }

    /** Nobody has told it how fast the line is. */
    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void endIsKnownOnALineThatIsSlow(String small, String large) throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")));
                Relay line = new Relay(server.port(), WAITING_BYTES)) {
            S3Case files = files(server, small, large);
            line.limit(BYTES_PER_SECOND);
            run(files, files.config(line.address()));
            requireKnownEnd(0.5);
        }
    }

    /** The list of the bucket has two pages, and the second one does not come before there was an estimate. */
    @Test
    void whileItPlansTheEndIsAtLeast() throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")));
                Relay line = new Relay(server.port(), WAITING_BYTES)) {
            S3Case files = new S3Case(server, folder, "eta");
            make(files, "many", MORE_THAN_A_PAGE, 1);
            run(files, files.config(server.address()));
            make(files, "before", LARGE, LARGE_BYTES);
            line.limit(BYTES_PER_SECOND);
            line.holdAt("continuation-token");
            JobRun run = new JobRun("photos", files.config(line.address()), files.state(), RunOptions.NONE);
            List<JsonObject> told = new CopyOnWriteArrayList<>();
            int code = run.run(state -> {
                JsonObject estimate = state.getJsonObject("estimate");
                if (estimate != null && state.getString("phase").equals("planning")) {
                    told.add(estimate);
                    line.limit(0);
                    line.goOn();
                }
            });
            assertEquals(JobRun.DONE, code, () -> run.state().encodePrettily());
            assertTrue(!told.isEmpty() && told.get(0).getBoolean("atLeast", false), told::toString);
        }
    }
}
