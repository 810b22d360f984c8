package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.Until;
import pulseboard.board.s3.Relay;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** The uploader, its rclone, or both are killed at any moment, again and again: nothing is lost, half there, or counted twice. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RandomKillsTest {

    private static final int BYTES = 400_000;

    /** Between two kills at least so much goes up the line, and up to so much more: all files together are more than that for each kill. */
    private static final int LEAST = 300_000;

    private static final int MORE = 2_000_000;
    private static final int FILES_A_KILL = 8;

    @TempDir
    private Path folder;

    private int make(Relay line, DavServer server, RcloneTools rclone, int count) throws IOException {
        String remote = server.remote("dav", URI.create(line.address()).getPort());
        try (UploadsCase files = new UploadsCase(folder, rclone, remote)) {
            for (int number = 0; number < count; number++) {
                files.file("f" + number, BYTES + number);
            }
        }
        return count;
    }

    /** Whatever the dice say. When it is time for the next kill is a matter of bytes, so that a slow machine does not run out of files before. */
    private void require(RcloneTools rclone, int kills, long seed) throws Exception {
        Random dice = new Random(seed);
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port())) {
            int count = make(line, server, rclone, kills * FILES_A_KILL);
            KilledUploader uploader = new KilledUploader(folder, rclone, 0);
            try {
                for (int kill = 0; kill < kills; kill++) {
                    awaitStandstill(line, LEAST + dice.nextInt(MORE), "seed " + seed);
                    int who = dice.nextInt(3);
                    boolean isRclone = who != 1 && uploader.killRclone();
                    if (who != 0 || !isRclone) {
                        uploader.kill();
                        uploader = new KilledUploader(folder, rclone, 0);
                    }
                }
                line.goOn();
                awaitAll(uploader, count, "seed " + seed);
                requireWholeAndCountedOnce(server.folder().resolve("in"), count, "seed " + seed);
            } finally {
                uploader.kill();
                uploader.killRclone();
            }
        }
    }

    /** Lets so much more up the line, and then nothing. */
    private static void awaitStandstill(Relay line, long bytes, String seed) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        line.whenUp(bytes, () -> {
            line.hold();
            reached.countDown();
        });
        line.goOn();
        Until.isTrue("so much goes up, " + seed, () -> reached.getCount() == 0);
    }

    /** As long as more and more arrives. */
    private void awaitAll(KilledUploader uploader, int count, String seed) throws Exception {
        for (int seen = -1; seen < count; ) {
            int before = seen;
            Until.isTrue(
                    "more than " + before + " arrive, " + seed, () -> counted().size() > before);
            seen = counted().size();
        }
        Until.isTrue("nothing waits, " + seed, () -> isDone(uploader));
    }

    private static boolean isDone(KilledUploader uploader) {
        JsonObject shown = uploader.shown();
        return shown.getString("phase", "").equals("done")
                && shown.getJsonObject("queue").getInteger("files", -1) == 0;
    }

    /** The files that have arrived, by the ledger. */
    private List<String> counted() throws IOException {
        List<String> counted = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("state/ledger"))) {
            LedgerRecord.read(line)
                    .ifPresent(
                            record -> { // The last one may be half there.
                                assertTrue(!Set.of("failed", "skipped").contains(record.kind()), line);
                                if (Set.of("done", "unchanged").contains(record.kind())) {
                                    counted.add(record.path());
                                }
                            });
        }
        counted.sort(null);
        return counted;
    }

    private void requireWholeAndCountedOnce(Path there, int count, String seed) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> all = Files.list(there)) {
            for (Path file :
                    all.filter(each -> !each.toString().endsWith(".partial")).toList()) {
                String name = file.getFileName().toString();
                assertEquals(-1, Files.mismatch(folder.resolve("source").resolve(name), file), name + ", " + seed);
                names.add(name);
            }
        }
        assertEquals(count, names.size(), seed);
        assertEquals(List.copyOf(names), counted(), seed);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "STABLE") // The one that leaves half files.
    void oneKillLosesNothing(RcloneTools rclone) throws Exception {
        require(rclone, 1, System.nanoTime());
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void thirtyKillsLoseNothing(RcloneTools rclone) throws Exception {
        require(rclone, 15, System.nanoTime());
    }
}
