package pulseboard.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
@Tag("system")
class KilledHistoryTest {

    private static final int KILLS = Integer.getInteger("pulseboard.history.kills", 12);

    @TempDir
    private Path folder;

    /** One life of the writer: value N at N seconds after its begin. */
    private record Life(long begin, int seconds) {

        long end() {
            return begin + seconds * 1_000L;
        }
    }

    @Test
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void killedAgainAndAgainWhileItWritesItLosesNothingOlderThanTenSecondsAndDamagesNothing() throws Exception {
        long seed = Long.getLong("pulseboard.seed", new Random().nextLong());
        System.out.println("KilledHistoryTest: -Dpulseboard.seed=" + seed);
        Random random = new Random(seed);
        List<Life> lives = new ArrayList<>();
        long begin = MadeHistory.BEGIN;
        for (int kill = 0; kill < KILLS; kill++) {
            Life life = live(begin, 20 + random.nextInt(1_000));
            lives.add(life);
            begin = life.end() / 10_000 * 10_000 + 40_000;
        }
        try (MVStore store = HistoryFile.openFile(MadeHistory.file(folder))) {
            HistoryStore kept = new HistoryStore(store, new HistoryConfig("", 730, 20, 30));
            lives.forEach(life -> check(kept, life));
            assertEquals(1, kept.catalog().size());
        }
        assertTrue(!folder.resolve("history.damaged").toFile().exists());
    }

    private Life live(long begin, int seconds) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=logback-test.xml", // Else the log goes where the numbers go.
                        "-cp",
                        System.getProperty("java.class.path"),
                        HistoryWriter.class.getName(),
                        folder.toString(),
                        Long.toString(begin))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int taken = 0;
        try (BufferedReader out = writer.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                taken = Integer.parseInt(line);
                if (taken == seconds) {
                    writer.toHandle().destroyForcibly();
                }
            }
        }
        assertEquals(128 + 9, writer.waitFor());
        assertTrue(taken >= seconds, "it has written " + taken);
        return new Life(begin, taken);
    }

    private static void check(HistoryStore kept, Life life) {
        Map<Long, Summary> rows = new TreeMap<>();
        Integer id = kept.catalog().find("test", "value");
        PointSink points = (at, step, summary) -> rows.put(at, summary);
        kept.view().read(0, Map.of(id == null ? -1 : id, points), life.begin(), life.end() + 10_000);
        rows.forEach((at, row) -> {
            // What is there is true.
            assertTrue(row.min() >= Math.max(1, (at - life.begin()) / 1_000), at + ": " + row);
            assertTrue(row.max() <= (at - life.begin()) / 1_000 + 9, at + ": " + row);
        });
        long oldest = life.end() - 10_000;
        for (long at = life.begin(); at <= oldest; at += 10_000) {
            int first = (int) ((at - life.begin()) / 1_000);
            Summary row = rows.getOrDefault(at, Summary.NONE);
            assertEquals(Math.max(1, first), row.min(), life + " at " + at);
            assertTrue(
                    row.max() >= Math.min(first + 9, (oldest - life.begin()) / 1_000), life + " at " + at + ": " + row);
        }
    }
}
