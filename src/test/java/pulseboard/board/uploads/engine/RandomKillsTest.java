package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.Until;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** The uploader, its rclone, or both are killed at any moment, again and again: nothing is lost, half there, or counted twice. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RandomKillsTest {

    private static final int BYTES = 400_000;
    private static final long SLOW = 3_000_000;
    private static final int FILES_A_KILL = 8;

    @TempDir
    private Path folder;

    private int make(DavServer server, RcloneTools rclone, int count) throws IOException {
        try (UploadsCase files = new UploadsCase(folder, rclone, server.remote("dav", server.port()))) {
            for (int number = 0; number < count; number++) {
                files.file("f" + number, BYTES + number);
            }
        }
        return count;
    }

    /** Whatever the dice say. */
    private void require(RcloneTools rclone, int kills, long seed) throws Exception {
        Random dice = new Random(seed);
        try (DavServer server = new DavServer(folder.resolve("server"))) {
            int count = make(server, rclone, kills * FILES_A_KILL);
            KilledUploader uploader = new KilledUploader(folder, rclone, SLOW);
            try {
                for (int kill = 0; kill < kills; kill++) {
                    Until.isTrue("it uploads, seed " + seed, uploader::isUploading);
                    TimeUnit.MILLISECONDS.sleep(dice.nextInt(700));
                    int who = dice.nextInt(3);
                    if (who != 0) {
                        uploader.kill();
                    }
                    if (who != 1) {
                        uploader.killRclone();
                    }
                    if (who != 0) {
                        uploader = new KilledUploader(folder, rclone, SLOW);
                    } else {
                        String lost = uploader.shown().getJsonObject("session").getString("id");
                        KilledUploader now = uploader;
                        Until.isTrue(
                                "another session begins, seed " + seed,
                                () -> !session(now).equals(lost));
                    }
                }
                uploader.kill(); // The last one goes as fast as it can.
                uploader = new KilledUploader(folder, rclone, 0);
                KilledUploader last = uploader;
                Until.isTrue("nothing waits, seed " + seed, () -> isDone(last));
                requireWholeAndCountedOnce(server.folder().resolve("in"), count, "seed " + seed);
            } finally {
                uploader.kill();
                uploader.killRclone();
            }
        }
    }

    private static String session(KilledUploader uploader) {
        return uploader.shown().getJsonObject("session", new JsonObject()).getString("id", "");
    }

    private static boolean isDone(KilledUploader uploader) {
        JsonObject shown = uploader.shown();
        return shown.getString("phase", "").equals("done")
                && shown.getJsonObject("queue").getInteger("files", -1) == 0;
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
        List<String> counted = new ArrayList<>();
        try (Ledger ledger = new Ledger(folder.resolve("state/ledger"))) {
            ledger.read(record -> {
                if (Set.of("done", "unchanged").contains(record.kind())) {
                    counted.add(record.path());
                }
                assertTrue(!Set.of("failed", "skipped").contains(record.kind()), record.line() + ", " + seed);
            });
        }
        counted.sort(null);
        assertEquals(List.copyOf(names), counted, seed);
    }

    @Tag("soak") // Once in some forty runs it was not done within a minute, at a high load; why is not known.
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
