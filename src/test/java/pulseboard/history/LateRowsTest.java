package pulseboard.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time is a parameter here: rows of an hour and more pass in a moment. */
class LateRowsTest {

    private static final long STEP = 10_000;
    private static final long MINUTE = 60_000;

    /** The begin of an hour. */
    private static final long BEGIN = 1_700_002_800_000L;

    private static final HistoryConfig CONFIG = new HistoryConfig("", 730, 20, 30);

    private static final Span NEVER = new Span(0, 0);

    private record Span(long from, long to) {}

    @TempDir
    private Path folder;

    private static Summary value(long at, int series) {
        float mean = (float) ((at / STEP) % 97 + 100L * series);
        return new Summary(mean - series - 1, mean, mean + 3);
    }

    private static Map<String, Summary> row(long at) {
        return Map.of("a", value(at, 1), "b", value(at, 2));
    }

    /** Two boards write a row each 10 s; of the second some are missing. */
    private static void live(HistoryStore store, Span time, Span missing) {
        for (long at = time.from; at < time.to; at += STEP) {
            store.put("here", at, row(at));
            if (at < missing.from || at >= missing.to) {
                store.put("web1/host", at, row(at));
            }
            store.commit(at + STEP);
        }
    }

    private HistoryStore store(String name) {
        return new HistoryStore(HistoryFile.openFile(folder.resolve(name)), CONFIG);
    }

    /** All that a tier has of a series. */
    private static Map<Long, Summary> read(HistoryStore store, int tier, String board, String name) {
        Map<Long, Summary> rows = new TreeMap<>();
        Integer id = store.catalog().find(board, name);
        PointSink points =
                (at, step, summary) -> assertEquals(null, rows.put(at, summary), "nothing is there twice, as at " + at);
        store.view().read(tier, Map.of(id == null ? -1 : id, points), 0, Long.MAX_VALUE / 4);
        return rows;
    }

    private static void assertSame(HistoryStore expected, HistoryStore found) {
        for (String board : new String[] {"here", "web1/host"}) {
            for (int tier = 0; tier < 3; tier++) {
                for (String name : new String[] {"a", "b"}) {
                    String what = board + " " + name + " in tier " + tier;
                    assertEquals(read(expected, tier, board, name), read(found, tier, board, name), what);
                }
            }
        }
    }

    /** Ten minutes in the middle of an hour, over its end, long ago, and such as begin and end within a minute. */
    @ParameterizedTest
    @ValueSource(longs = {5 * MINUTE, 5 * MINUTE + 20_000, 55 * MINUTE, 55 * MINUTE + 50_000, 70 * MINUTE - 10_000})
    void gapThatIsFilledIsInEveryTierAsIfNothingHadBeenMissing(long begin) {
        long from = BEGIN + begin;
        long to = from + 10 * MINUTE;
        for (long now : new long[] {to, to + MINUTE, BEGIN + 4 * 60 * MINUTE}) {
            long end = Math.max(now, to) + 30_000;
            HistoryStore expected = store("whole" + now + ".mv");
            HistoryStore found = store("filled" + now + ".mv");
            live(expected, new Span(BEGIN, end), NEVER);
            live(found, new Span(BEGIN, end), new Span(from, to));
            SortedMap<Long, Map<String, Summary>> late = new TreeMap<>();
            for (long at = from; at < to; at += STEP) {
                late.put(at, row(at));
            }
            assertNotEquals(read(expected, 0, "web1/host", "a"), read(found, 0, "web1/host", "a"));
            assertEquals(60, found.putLate("web1/host", late));
            assertSame(expected, found);
            live(expected, new Span(end, end + 20 * MINUTE), NEVER);
            live(found, new Span(end, end + 20 * MINUTE), NEVER);
            assertSame(expected, found);
            expected.close();
            found.close();
        }
    }

    /** Of an interval in which the link was cut, half is known. */
    @Test
    void rowThatIsThereIsReplacedAndNotMixedAlsoAfterItsBlockIsCompressed() {
        HistoryStore store = store("replaced.mv");
        live(store, new Span(BEGIN, BEGIN + 3 * 60 * MINUTE), NEVER);
        Summary late = new Summary(-1, 0, 1_000);
        long at = BEGIN + 7 * MINUTE;
        store.putLate("web1/host", new TreeMap<>(Map.of(at, Map.of("a", late))));
        assertEquals(late, read(store, 0, "web1/host", "a").get(at));
        Aggregator minute = new Aggregator();
        minute.add(late);
        for (long other = at + STEP; other < at + MINUTE; other += STEP) {
            minute.add(value(other, 1));
        }
        assertEquals(minute.summary(), read(store, 1, "web1/host", "a").get(at));
        store.close();
    }

    @Test
    void newestRowOfAMachineIsKnownAfterTheProgramWasKilledAndRowsOfThePastDoNotMoveIt() {
        Path file = folder.resolve("killed.mv");
        MVStore open = HistoryFile.openFile(file);
        HistoryStore store = new HistoryStore(open, CONFIG);
        long cut = BEGIN + 90 * MINUTE;
        live(store, new Span(BEGIN, cut + 5 * MINUTE), new Span(cut, Long.MAX_VALUE));
        store.gaps().put("web1", cut - STEP);
        live(store, new Span(cut + 5 * MINUTE, cut + 6 * MINUTE), new Span(cut, Long.MAX_VALUE));
        store.closeImmediately();
        HistoryStore again = store("killed.mv");
        assertEquals(cut - STEP, again.catalog().newest("web1/"));
        assertEquals(cut + 6 * MINUTE - STEP, again.catalog().newest("here/"));
        assertEquals(0, again.catalog().newest("web2/"));
        assertEquals(cut - STEP, again.gaps().since("web1"));
        again.gaps().put("web1", 0);
        assertEquals(0, again.gaps().since("web1"));
        again.putLate("web1/host", new TreeMap<>(Map.of(BEGIN, row(BEGIN))));
        assertEquals(cut - STEP, again.catalog().newest("web1/"));
        again.close();
    }

    @Test
    void thereIsNoRoomForMoreSeriesThanTheSettingAllows() {
        HistoryStore store = store("full.mv");
        live(store, new Span(BEGIN, BEGIN + MINUTE), NEVER);
        Map<String, Summary> many = new TreeMap<>();
        for (int name = 0; name < 100; name++) {
            many.put("n" + name, value(BEGIN, 1));
        }
        store.putLate("web1/host", new TreeMap<>(Map.of(BEGIN, many)));
        assertEquals(20, store.catalog().names("web1/host").size());
        assertEquals(6, read(store, 0, "web1/host", "a").size(), "what is live is not given up for it");
        store.close();
    }
}
