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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Server;

/** What a run says of its end while it goes on, held against its end. Its own limit is what makes it slow, not the machine. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class EtaTest {

    private static final int BYTES_PER_SECOND = 2_000_000;
    private static final int SMALL = 400;
    private static final int SMALL_BYTES = 20_000;
    private static final int LARGE = 3;
    private static final int LARGE_BYTES = 6_000_000;
    private static final double MOST = 0.15;
    private static final long SHOWN_NANOS = TimeUnit.SECONDS.toNanos(10);

    @TempDir
    private Path folder;

    /** When a state was told, by this machine's monotonic clock, and how many seconds it said were left. */
    private record Prediction(long nanos, double seconds) {}

    private static void make(S3Case files, String where, int count, int bytes) throws IOException {
        for (int number = 0; number < count; number++) {
            files.file(where + "/" + number, bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void speedIsTrueAndTheEndIsKnownFromAThirdOfTheRunOn(String small, String large) throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")))) {
            S3Case files = new S3Case(server, folder, "eta");
            make(files, small, SMALL, SMALL_BYTES);
            make(files, large, LARGE, LARGE_BYTES);
            S3Config config =
                    S3Case.withJob(files.config(server.address()), Map.of("limitBytesPerSecond", BYTES_PER_SECOND));
            JobRun run = new JobRun("photos", config, files.state(), RunOptions.NONE);
            List<Prediction> told = new CopyOnWriteArrayList<>();
            List<Double> speeds = new CopyOnWriteArrayList<>();
            long begun = System.nanoTime();
            int code = run.run(state -> {
                if (System.nanoTime() - begun >= SHOWN_NANOS && state.containsKey("estimate")) {
                    speeds.add(state.getJsonObject("rates").getDouble("bytesPerSecond") / BYTES_PER_SECOND);
                }
                JsonObject estimate = state.getJsonObject("estimate");
                if (estimate != null) {
                    told.add(new Prediction(System.nanoTime(), estimate.getLong("remainingSeconds")));
                }
            });
            long end = System.nanoTime();
            assertEquals(JobRun.DONE, code);
            double all = (end - begun) / 1e9;
            List<Double> errors = told.stream()
                    .filter(each -> each.nanos - begun >= (end - begun) / 3)
                    .map(each -> Math.abs((end - each.nanos) / 1e9 - each.seconds) / all)
                    .sorted()
                    .toList();
            assertTrue(speeds.stream().allMatch(speed -> speed > 0.9 && speed < 1.1), speeds::toString);
            double peak = run.state().getJsonObject("rates").getDouble("peakBytesPerSecond");
            assertTrue(peak <= 1.1 * BYTES_PER_SECOND, "peak " + peak);
            assertTrue(errors.size() > 20, "it said little: " + errors);
            assertTrue(errors.get(errors.size() - 1) <= MOST, "of " + all + " s: " + errors);
        }
    }
}
