package pulseboard.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResilientStoreTest {

    private static final long DAY = 86_400_000;
    private static final HistoryConfig TWO_DAYS = new HistoryConfig("", 2, 20, 1);

    @TempDir
    private Path folder;

    @Test
    void fileIsNobodyElsesBusiness() throws IOException {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(20, 1);
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(MadeHistory.file(folder))));
        }
    }

    @Test
    void folderThatItMakesIsNobodyElsesEither() throws IOException {
        Path made = folder.resolve("state/pulseboard");
        try (MadeHistory history = new MadeHistory(made)) {
            history.seconds(20, 1);
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
        }
    }

    @Test
    void whereNothingCanBeKeptTheLastMinutesAreStillKnownAndAfterwardsAlsoWhatWaited() throws IOException {
        Path blocked = folder.resolve("blocked");
        Files.createFile(blocked); // Not even root can make a folder of it.
        try (MadeHistory history = new MadeHistory(blocked)) {
            history.seconds(300, 7);
            JsonObject kept = history.list().getJsonObject("kept");
            assertFalse(kept.getBoolean("ok"));
            assertTrue(kept.getString("reason").contains(blocked.toString()), kept.toString());
            assertTrue(MadeHistory.column(history.ask("value", "-200s", 20), "value", "average").subList(0, 18).stream()
                    .allMatch(value -> value == 7));
            Files.delete(blocked);
            history.seconds(20, 8);
            assertTrue(history.list().getJsonObject("kept").getBoolean("ok"));
        }
        List<Double> later = afterwards(blocked, 330);
        assertTrue(later.subList(1, 29).stream().allMatch(value -> value == 7), later.toString());
        assertTrue(later.contains(8.0), later.toString());
    }

    private static List<Double> afterwards(Path folder, int seconds) {
        long now = MadeHistory.BEGIN + seconds * 1_000L;
        try (MadeHistory history = new MadeHistory(folder, new HistoryConfig("", 730, 20, 30), now)) {
            return MadeHistory.column(
                    history.ask(new JsonObject()
                            .put("series", "value")
                            .put("from", MadeHistory.BEGIN)
                            .put("to", now)
                            .put("points", seconds / 10)),
                    "value",
                    "average");
        }
    }

    @Test
    void damagedFileIsPutAsideAndANewOneBegins() throws IOException {
        byte[] garbage = "no history at all".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("history.mv"), garbage);
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(60, 1);
            assertTrue(history.list().getJsonObject("kept").getBoolean("ok"));
            assertEquals(garbage.length, Files.size(folder.resolve("history.damaged")));
        }
    }

    @Test
    void blockThatIsDamagedIsAGapAndTheRestGoesOn() throws IOException {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(7_200, 1);
        }
        try (MVStore store = HistoryFile.openFile(MadeHistory.file(folder))) {
            MVMap<Long, byte[]> blocks = store.openMap(
                    "blocks0",
                    new MVMap.Builder<Long, byte[]>()
                            .keyType(LongDataType.INSTANCE)
                            .valueType(ByteArrayDataType.INSTANCE));
            blocks.put(blocks.firstKey(), new byte[] {1, 2, 3});
        }
        long now = MadeHistory.BEGIN + 7_200_000;
        try (MadeHistory history = new MadeHistory(folder, new HistoryConfig("", 730, 20, 30), now)) {
            history.seconds(7_200, 2);
            List<Double> values = MadeHistory.column(history.ask("value", "-4h", 1_440), "value", "average");
            assertEquals(Set.of(1.0, 2.0, Double.NaN), Set.copyOf(values));
            assertTrue(history.list().getJsonObject("kept").getBoolean("ok"));
        }
    }

    @Test
    void secondProgramWithTheSameFolderSaysSoAndHarmsNothing() {
        try (MadeHistory first = new MadeHistory(folder)) {
            first.seconds(60, 1);
            try (MadeHistory second = new MadeHistory(folder)) {
                second.seconds(60, 2);
                JsonObject kept = second.list().getJsonObject("kept");
                assertTrue(kept.getString("reason").contains("another program uses"), kept.toString());
            }
            first.seconds(60, 1);
            assertTrue(first.list().getJsonObject("kept").getBoolean("ok"));
        }
    }

    @Test
    void whatIsTooOldGoesAndItsRoomIsUsedAgain() throws IOException {
        long now = MadeHistory.BEGIN + 40 * DAY;
        List<String> names =
                IntStream.range(0, 10).mapToObj(number -> "s" + number).toList();
        Path file = folder.resolve("history.mv");
        long sizeBefore = fill(file, names, now - 20 * DAY);
        assertTrue(fill(file, names, now) < 2 * sizeBefore);
        try (MVStore store = HistoryFill.open(file)) {
            HistoryStore kept = new HistoryStore(store, TWO_DAYS);
            assertEquals(0, rows(kept, now - 19 * DAY, now - 9 * DAY));
            assertTrue(rows(kept, now - 2 * DAY, now) > 0);
            assertEquals(10, kept.catalog().names("host").size());
        }
    }

    private static long fill(Path file, List<String> names, long now) throws IOException {
        try (MVStore store = HistoryFill.open(file)) {
            HistoryStore kept = new HistoryStore(store, TWO_DAYS);
            new HistoryFill(kept, now).fill(4, names, HistoryFill.hills());
            kept.close();
        }
        return Files.size(file);
    }

    private static int rows(HistoryStore kept, long from, long to) {
        Downsampler buckets = new Downsampler(from, 900_000, (int) ((to - from) / 900_000));
        Integer id = kept.catalog().find("host", "s1");
        for (int tier = 0; tier < kept.tiers().size(); tier++) {
            kept.view().read(tier, Map.of(id == null ? -1 : id, buckets), from, to);
        }
        return (int) IntStream.range(0, (int) ((to - from) / 900_000))
                .filter(bucket -> buckets.isKnown(bucket))
                .count();
    }

    @Test
    void viewStaysAsItIsWhileRowsBecomeChunks() {
        try (MVStore store = HistoryFile.openFile(folder.resolve("history.mv"))) {
            HistoryStore kept = new HistoryStore(store, TWO_DAYS);
            long begin = MadeHistory.BEGIN / 3_600_000 * 3_600_000;
            put(kept, begin, 100, 1);
            StoreView before = kept.view();
            put(kept, begin + 1_000_000, 700, 2);
            assertEquals(100, before.tails().get(0).size(), "none of what came later, and all that is in a block now");
            assertEquals(80, kept.view().tails().get(0).size(), "two hours are blocks now");
            assertEquals(Map.of(1f, 100), ones(before, begin));
            assertEquals(Map.of(1f, 100, 2f, 700), ones(kept.view(), begin));
        }
    }

    private static void put(HistoryStore kept, long from, int rows, float value) {
        for (int row = 0; row < rows; row++) {
            kept.put("host", from + row * 10_000L, Map.of("s1", new Summary(value, value, value)));
        }
        kept.commit(from + rows * 10_000L);
    }

    /** How many intervals have which value. */
    private static Map<Float, Integer> ones(StoreView view, long from) {
        Map<Float, Integer> counts = new TreeMap<>();
        PointSink points = (at, step, summary) -> counts.merge(summary.average(), 1, Integer::sum);
        view.read(0, Map.of(1, points), from, from + 10_000_000);
        return counts;
    }

    @Test
    void clockThatIsYearsAheadForAMinuteDoesNotMakeEverythingTooOld() {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(8_000, 1);
            history.silence((int) (1_100 * DAY / 1_000));
            history.seconds(60, 2);
            history.silence((int) (-1_100 * DAY / 1_000));
            history.seconds(60, 3);
            List<Double> values = MadeHistory.column(history.ask("value", "-2h", 60), "value", "average");
            assertTrue(values.subList(1, values.size() - 3).stream().allMatch(value -> value == 1), values.toString());
        }
    }

    @Test
    void busiestProcessesOfEachMinuteAreKeptAsLongAsTheSettingSays() {
        try (MadeHistory history = new MadeHistory(folder, TWO_DAYS, MadeHistory.BEGIN)) {
            history.seconds(20, 1);
            for (int minute = 0; minute < 10; minute++) {
                history.store.putMinute(
                        "test",
                        history.now() + minute * 60_000L,
                        new JsonObject().put("cpu", new JsonArray().add("m" + minute)));
            }
            JsonArray minutes = history.minutes(0, history.now() + 500_000);
            assertEquals(9, minutes.size());
            assertEquals(history.now(), minutes.getJsonObject(0).getLong("at"));
            assertEquals("m8", minutes.getJsonObject(8).getJsonArray("cpu").getString(0));
            history.silence((int) (DAY / 1_000) * 2);
            history.seconds(7_300, 1); // Tidied up with a block, of an hour.
            assertEquals(0, history.minutes(0, history.now()).size());
        }
    }
}
