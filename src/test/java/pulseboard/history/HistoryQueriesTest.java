package pulseboard.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.feed.KeptNumbers;

class HistoryQueriesTest {

    private static final int HOUR = 3_600;

    @TempDir
    private Path folder;

    @Test
    void spikeOfOneSecondIsSeenHoweverFewPointsAreAskedFor() {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(HOUR, 1);
            history.seconds(1, 100);
            history.seconds(2 * HOUR, 1);
            for (int points : new int[] {3, 10, 60, 200, 600}) {
                JsonObject answer = history.ask("value", "-4h", points);
                assertEquals(
                        1,
                        MadeHistory.column(answer, "value", "max").stream()
                                .filter(max -> max == 100)
                                .count(),
                        answer.toString());
                assertTrue(MadeHistory.column(answer, "value", "min").stream()
                        .allMatch(min -> Double.isNaN(min) || min == 1));
                assertTrue(MadeHistory.column(answer, "value", "average").size() <= points);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 600", "10000, 300", "60000, 40", "900000, 2", "20000, 120"})
    void everyBucketIsTheSmallestMeanAndLargestOfItsSamples(long step, int buckets) {
        Random random = new Random(step);
        try (MadeHistory history = new MadeHistory(folder)) {
            List<Double> samples = new ArrayList<>();
            long begin = history.now() + 1_000;
            for (int second = 0; second < 2 * HOUR; second++) {
                samples.add(random.nextInt(1000) / 10.0);
                history.seconds(1, samples.get(second));
            }
            long to = history.now() / 900_000 * 900_000;
            long from = to - buckets * step;
            JsonObject answer = history.ask(new JsonObject()
                    .put("series", "value")
                    .put("from", from)
                    .put("to", to)
                    .put("points", buckets));
            assertEquals(step, answer.getLong("stepMilliseconds"));
            for (int bucket = 0; bucket < buckets; bucket++) {
                int first = (int) ((from + bucket * step - begin) / 1_000);
                DoubleSummaryStatistics expected = samples.subList(first, first + (int) (step / 1_000)).stream()
                        .mapToDouble(value -> value)
                        .summaryStatistics();
                assertEquals(
                        expected.getMin(),
                        MadeHistory.column(answer, "value", "min").get(bucket),
                        1e-4);
                assertEquals(
                        expected.getMax(),
                        MadeHistory.column(answer, "value", "max").get(bucket),
                        1e-4);
                assertEquals(
                        expected.getAverage(),
                        MadeHistory.column(answer, "value", "average").get(bucket),
                        1e-3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60})
    void whatWasNotHeardIsAGapAndNothingElseIs(int stepSeconds) {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(600, 5);
            history.silence(120);
            history.seconds(600, 7);
            long from = history.now() - 1_200_000;
            JsonObject answer = history.ask(new JsonObject()
                    .put("series", "value")
                    .put("from", from)
                    .put("to", history.now())
                    .put("points", 1_200 / stepSeconds + 2));
            List<Double> averages = MadeHistory.column(answer, "value", "average");
            long gaps = averages.stream().filter(value -> Double.isNaN(value)).count();
            // At a coarse step the intervals at both ends are known in part; of a quiet board, up to 5 s are not known
            // yet.
            assertEquals(120.0 / stepSeconds, (double) gaps, 2 + 10.0 / stepSeconds);
            assertEquals(Set.of(5.0, 7.0, Double.NaN), Set.copyOf(averages));
        }
    }

    @Test
    void boardThatIsQuietShowsWhatItShowed() {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(300, 42); // One change and heartbeats.
            List<Double> averages = MadeHistory.column(history.ask("value", "-240s", 240), "value", "average");
            assertTrue(averages.subList(0, 234).stream().allMatch(value -> value == 42));
        }
    }

    @Test
    void whatIsGoneIsAGapAndGoesOnWhenItComesBack() {
        try (MadeHistory history = new MadeHistory(folder)) {
            JsonObject with =
                    new JsonObject().put("disks", new JsonObject().put("sd.a", new JsonObject().put("readBytes", 3)));
            for (int second = 0; second < 180; second++) {
                history.second(second / 60 == 1 ? new JsonObject() : with.copy());
            }
            JsonObject answer = history.ask("disks.sd%2Ea.readBytes", "-180s", 180);
            List<Double> averages = MadeHistory.column(answer, "disks.sd%2Ea.readBytes", "average");
            assertEquals(
                    60,
                    (double) averages.stream()
                            .filter(value -> Double.isNaN(value))
                            .count(),
                    5);
            assertEquals(List.of(3.0, 3.0), List.of(averages.get(10), averages.get(150)));
        }
    }

    @Test
    void whatWasBeforeAStartIsStillKnownAlsoOfTheIntervalThatItCutInTwo() {
        long now;
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(6, 100);
            now = history.now();
        }
        try (MadeHistory history = new MadeHistory(folder, new HistoryConfig("", 730, 20, 30), now)) {
            history.seconds(100, 10);
            JsonObject answer = history.ask(new JsonObject()
                    .put("series", "value")
                    .put("from", MadeHistory.BEGIN)
                    .put("to", MadeHistory.BEGIN + 10_000)
                    .put("points", 1));
            assertEquals(List.of(100.0), MadeHistory.column(answer, "value", "max"));
            assertEquals(List.of(10.0), MadeHistory.column(answer, "value", "min"));
        }
    }

    @Test
    void clockThatIsSetBackOrFarForwardDoesNotStopTheHistory() {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(HOUR, 1);
            history.silence(-HOUR / 2);
            history.seconds(60, 2);
            assertTrue(MadeHistory.column(history.ask("value", "-1m", 60), "value", "average")
                    .contains(2.0));
            history.silence(365 * 24 * HOUR);
            history.seconds(60, 3);
            history.silence(-365 * 24 * HOUR);
            history.seconds(HOUR, 4);
            List<Double> minutes = MadeHistory.column(history.ask("value", "-40m", 40), "value", "average");
            assertTrue(minutes.subList(0, 39).stream().allMatch(value -> value == 4));
        }
    }

    @Test
    void onlyNumbersAreKeptAndHowSamplersFareIsNot() {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.second(new JsonObject()
                    .put("text", "a")
                    .put("flag", true)
                    .put("list", new JsonArray().add(1))
                    .put("meta", new JsonObject().put("cpu", new JsonObject().put("ms", 1)))
                    .put("a", new JsonObject().put("b,c%*", 1)));
            assertEquals(new JsonArray().add("a.b%2Cc%25%2A"), history.list().getJsonArray("series"));
        }
    }

    @Test
    void starStandsForAnyTextAndACommaForAnd() {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.second(new JsonObject("{\"cpu\":{\"a\":1,\"b\":2},\"cores\":{\"0\":{\"a\":3}},\"x\":4}"));
            assertEquals(List.of("cores.0.a", "cpu.a", "x"), names(history, "*.a,x"));
            assertEquals(List.of("cpu.a", "cpu.b"), names(history, "cpu.*"));
            assertEquals(List.of(), names(history, "nothing*"));
        }
    }

    private static List<String> names(MadeHistory history, String series) {
        return history.ask(series, "-1m", 10).getJsonObject("series").fieldNames().stream()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"333333333333332, 999999999999999", "+95000000-01-01T00:00:00Z, +285000000-01-01T00:00:00Z", "0, now"})
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void spanOfAnyLengthIsAnsweredAtOnceInAtMostSoManyPoints(String from, String to) {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(1, 1);
            for (int points : new int[] {1, 2, 600}) {
                JsonObject question = new JsonObject()
                        .put("series", "value")
                        .put("from", from)
                        .put("to", to);
                if (TimeExpression.parse("to", to, history.now()) > TimeExpression.parse("from", from, history.now())) {
                    int count = MadeHistory.column(history.ask(question.put("points", points)), "value", "max")
                            .size();
                    assertTrue(count >= 1 && count <= points, count + " of " + points);
                } else {
                    assertThrows(QueryRefusal.class, () -> history.ask(question));
                }
            }
        }
    }

    @Test
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void patternsTakeNoTimeHoweverManyStarsTheyHave() {
        assertFalse(HistoryQueries.isLike("*".repeat(5_000) + "~", "a".repeat(5_000)));
        assertTrue(HistoryQueries.isLike("*".repeat(5_000), "a"));
        assertTrue(HistoryQueries.isLike("a*b*c", "aXbbXc"));
        assertFalse(HistoryQueries.isLike("a*a", "a"), "each star and text needs its own part");
        assertFalse(HistoryQueries.isLike("ab*bc", "abc"));
        assertFalse(HistoryQueries.isLike("*b*b*", "b"));
    }

    @Test
    void clockThatIsSetBackByAFewSecondsTakesNoSpikeAway() {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(12, 1);
            history.seconds(1, 100);
            history.seconds(8, 1); // The row of the spike is complete.
            history.silence(-6);
            history.seconds(300, 1);
            assertTrue(MadeHistory.column(history.ask("value", "-10m", 10), "value", "max")
                    .contains(100.0));
        }
        try (MadeHistory later =
                new MadeHistory(folder, new HistoryConfig("", 730, 20, 30), MadeHistory.BEGIN + 400_000)) {
            assertTrue(MadeHistory.column(later.ask("value", "-10m", 10), "value", "max")
                    .contains(100.0));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"series\":\"other\"} | there is no series other",
                "{\"series\":\"value\",\"from\":\"yesterday\"} | from must be now",
                "{\"series\":\"value\",\"to\":\"-99999999999s\"} | to must be now",
                "{\"series\":\"value\",\"from\":\"now\",\"to\":\"-1h\"} | to must be after from",
                "{\"series\":\"value\",\"points\":0} | points must be",
                "{\"series\":\"value\",\"points\":\"10001\"} | points must be",
                "{\"series\":{\"a\":1},\"points\":{}} | points must be",
            })
    void whatMakesNoSenseIsRefusedWithAWordAboutHowToMendIt(String question, String complaint) {
        try (MadeHistory history = new MadeHistory(folder)) {
            history.seconds(1, 1);
            QueryRefusal refused = assertThrows(QueryRefusal.class, () -> history.ask(new JsonObject(question)));
            assertTrue(String.valueOf(refused.getMessage()).startsWith(complaint), refused.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "now, 0",
        "-90s, 90000",
        "-15m, 900000",
        "-6h, 21600000",
        "-7d, 604800000",
        "-1w, 604800000",
        "-2y, 63072000000"
    })
    void relativeTimesAreBeforeNow(String text, long before) {
        assertEquals(MadeHistory.BEGIN * 2 - before, TimeExpression.parse("from", text, MadeHistory.BEGIN * 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1700000000000", "2023-11-14T22:13:20Z", "2023-11-14T23:13:20+01:00", "2023-11-14T23:13:20 01:00"
            })
    void absoluteTimesAreUnixMillisecondsOrIso8601(String text) {
        assertEquals(1_700_000_000_000L, TimeExpression.parse("from", text, 5));
    }

    @Test
    void answerIsBounded() {
        try (MadeHistory history = new MadeHistory(folder)) {
            JsonObject state = new JsonObject();
            for (int number = 0; number < 20; number++) {
                state.put("value" + number, number);
            }
            history.second(state);
            assertEquals(
                    20, history.ask("*", "-1d", 10_000).getJsonObject("series").size());
            JsonObject asLines =
                    new JsonObject().put("from", "-1d").put("points", 10_000).put("format", "ndjson");
            QueryRefusal refused = assertThrows(QueryRefusal.class, () -> history.text(asLines));
            assertEquals("that is too much at once: at most 5 series with so many points", refused.getMessage());
            assertThrows(
                    QueryRefusal.class,
                    () -> new HistoryQueries(
                                    "test",
                                    new BoardRecorder("test", history.store, KeptNumbers.NONE),
                                    history.store,
                                    () -> 1)
                            .ask(new JsonObject().put("series", "other"), 1));
        }
    }

    @Test
    void seriesThatIsGoneForLongestIsGivenUpForANewOneAndALivingOneNever() {
        HistoryConfig few = new HistoryConfig("", 730, 10, 30);
        try (MadeHistory history = new MadeHistory(folder, few, MadeHistory.BEGIN)) {
            for (int round = 0; round < 30; round++) {
                for (int second = 0; second < 60; second++) {
                    history.second(new JsonObject().put("stays", 1).put("veth" + round, second));
                }
                history.silence(120);
            }
            JsonArray names = history.list().getJsonArray("series");
            assertEquals(10, names.size(), names.toString());
            assertTrue(names.contains("stays") && names.contains("veth29"), names.toString());
            assertFalse(names.contains("veth0"), names.toString());
            List<Double> stays = MadeHistory.column(history.ask("stays", "-90m", 5), "stays", "average");
            assertTrue(stays.stream().allMatch(value -> value == 1), stays.toString());
            List<Double> last = MadeHistory.column(history.ask("veth29", "-90m", 5), "veth29", "max");
            assertEquals(59.0, last.get(last.size() - 1));
            assertTrue(
                    last.subList(0, last.size() - 1).stream().allMatch(value -> Double.isNaN(value)),
                    "none of another's: " + last);
        }
    }
}
