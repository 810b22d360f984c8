package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.s3.Relay;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** How fast it goes and is said to go, held against the bytes that pass on the line. A machine that is too slow for a limit does not fail. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpeedTest {

    private static final long RATE = 4_000_000;
    private static final double MOST = 1.1;

    /** What lies in sockets and buffers between rclone, which counts, and the line. */
    private static final long BUFFERED = 6_000_000;

    @TempDir
    private Path folder;

    /** What had passed on the line at a moment, and how fast it was said to be. */
    private record Look(long nanos, long bytes, long shown) {

        double seconds(Look before) {
            return (nanos - before.nanos) / 1e9;
        }

        double rate(Look before) {
            return (bytes - before.bytes) / seconds(before);
        }
    }

    private static Look look(UploadsCase files, Relay line) {
        JsonObject rates = files.shown().getJsonObject("rates", new JsonObject());
        return new Look(System.nanoTime(), line.upBytes(), rates.getLong("bytesPerSecond", 0L));
    }

    private interface Limiter {
        void limit(UploadsCase files, Relay line);
    }

    /** Looks five times a second for so long, once something is under way. */
    private List<Look> looks(RcloneTools rclone, int seconds, Limiter limiter) throws Exception {
        List<Look> looks = new ArrayList<>();
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port());
                UploadsCase files = new UploadsCase(
                        folder,
                        rclone,
                        server.remote("dav", URI.create(line.address()).getPort()))) {
            files.file("film", (int) (RATE * (seconds + 5)));
            files.open();
            limiter.limit(files, line);
            files.tell(Command.START);
            files.await("it is under way", files::isAtOne);
            looks.add(look(files, line));
            while (looks.get(looks.size() - 1).seconds(looks.get(0)) < seconds) {
                TimeUnit.MILLISECONDS.sleep(200);
                looks.add(look(files, line));
            }
            assertEquals("uploading", files.shown().getString("phase"), "the file was large enough");
            double peak = files.shown().getJsonObject("rates").getDouble("peakBytesPerSecond", 0.0);
            assertTrue(peak <= MOST * RATE + BUFFERED / 5.0, "peak " + peak);
            files.tell(Command.STOP);
            files.awaitEnd("stopped");
        }
        return looks;
    }

    /** From when the first seconds are forgotten on: the middle one of all ratios. */
    private static void requireTrue(List<Look> looks, int from) {
        Look first = looks.get(0);
        List<Double> ratios = new ArrayList<>();
        for (Look each : looks) {
            Look before = looks.stream()
                    .filter(other -> each.seconds(other) <= 5)
                    .findFirst()
                    .orElseThrow();
            if (each.seconds(first) >= from && each.bytes > before.bytes) {
                ratios.add(each.shown / each.rate(before));
            }
        }
        ratios.sort(null);
        double middle = ratios.get(ratios.size() / 2);
        assertTrue(middle > 0.9 && middle < MOST, "shown is " + middle + " of what passed: " + ratios);
    }

    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "NEWEST")
    void whatAnOperatorAllowsIsNeverExceeded(RcloneTools rclone) throws Exception {
        List<Look> looks = looks(rclone, 6, (files, line) -> files.limit(RATE));
        double rate = looks.get(looks.size() - 1).rate(looks.get(0));
        assertTrue(rate <= MOST * RATE, rate + " bytes a second passed");
        requireTrue(looks, 4);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void speedThatIsShownIsThatOfTheLine(RcloneTools rclone) throws Exception {
        requireTrue(looks(rclone, 16, (files, line) -> line.limit(RATE)), 10);
    }
}
