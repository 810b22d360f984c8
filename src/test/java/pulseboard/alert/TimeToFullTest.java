package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** When a disk is full, by series of which the answer is known. */
class TimeToFullTest {

    private static final long NOW = 1_700_000_400_000L;
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long STEP = TimeUnit.MINUTES.toMillis(1);
    private static final int POINTS = 60;

    private static long at(IntToDoubleFunction value) {
        JsonArray means = new JsonArray();
        for (int index = 0; index < POINTS; index++) {
            double mean = value.applyAsDouble(index);
            means.add(Double.isNaN(mean) ? null : (Object) mean);
        }
        return TimeToFull.of(
                JsonObject.of("from", NOW - POINTS * STEP, "to", NOW, "stepMilliseconds", STEP), means, 100, NOW);
    }

    @Test
    void diskThatFillsEvenlyIsFullWhenItIs() {
        // 0.1 a minute, 76 now: 4 hours are left.
        long full = at(index -> 70 + index * 0.1);
        assertTrue(Math.abs(full - NOW - 4 * HOUR) < HOUR / 4, () -> "in " + Times.spoken(full - NOW));
    }

    @Test
    void gapsAndNoiseChangeLittle() {
        Random random = new Random(20261129);
        long full = at(index -> index % 7 == 0 ? Double.NaN : 70 + index * 0.1 + random.nextGaussian() * 0.2);
        assertTrue(Math.abs(full - NOW - 4 * HOUR) < HOUR, () -> "in " + Times.spoken(full - NOW));
    }

    @Test
    void whatDoesNotFillIsNeverFull() {
        Random random = new Random(20261129);
        List<IntToDoubleFunction> healthy = List.of(
                index -> 70,
                index -> 90 - index * 0.1,
                index -> 70 + random.nextGaussian() * 2,
                index -> index < 30 ? 70 : 95, // A file that was copied there.
                index -> 70 + index % 20, // A folder that is emptied again and again.
                index -> 70 + index * 0.01, // Less than can be told apart.
                index -> index < 15 ? 70 + index : Double.NaN); // Too little is known.
        healthy.forEach(series -> assertEquals(Long.MAX_VALUE, at(series), () -> "series " + healthy.indexOf(series)));
    }

    @Test
    void nobodyLooksFurtherAheadThanTenTimesBack() {
        assertTrue(at(index -> 40 + index * 0.11) < NOW + 10 * HOUR);
        assertEquals(Long.MAX_VALUE, at(index -> 20 + index * 0.11));
    }

    @Test
    void ruleFiresWhileItFillsAndIsOverWhenItDoesNot() {
        Rule rule = RuleReader.read(
                RuleLine.read("soon", "b:v.*.x severity warning reaches 100 within 24h"), "test", Marks.NONE);
        Engine engine = new Engine(NOW);
        engine.rules("b", List.of(rule), NOW);
        engine.judge("b", new JsonObject("{\"v\":{\"/\":{\"x\":70},\"/srv\":{\"x\":70}}}"), NOW);
        assertTrue(engine.shown(NOW).isEmpty(), "nothing is known yet");
        engine.forecasts(Map.of("soon", Map.of("/", NOW + 5 * HOUR, "/srv", Long.MAX_VALUE)), NOW);
        JsonObject alert = engine.shown(NOW).getOrDefault(AlertId.of("b", "soon", "/"), new JsonObject());
        assertEquals("x of / is 5 h", alert.getString("text"));
        assertEquals(1, engine.shown(NOW).size());
        engine.forecasts(Map.of("soon", Map.of("/", Long.MAX_VALUE, "/srv", Long.MAX_VALUE)), NOW + HOUR);
        assertTrue(engine.shown(NOW).isEmpty());
    }

    @Test
    void keysOfSeriesAreThoseOfTheBoard() {
        ValuePath path = ValuePath.of("filesystems.*.usedPercent");
        assertTrue(path.isLike("filesystems./mnt/a%2Eb.usedPercent"));
        assertEquals("/mnt/a.b", path.keyOf("filesystems./mnt/a%2Eb.usedPercent"));
        assertEquals("filesystems.*.usedPercent", path.series());
    }

    @Test
    void whoIsToBlameIsTheFirstOfTheNewestMinute() {
        JsonObject answer = new JsonObject("""
                {"minutes":[{"cpu":[{"name":"old","cpuPercent":9}]},
                 {"cpu":[{"name":"java","of":"nextcloud.service","cpuPercent":140.2},{"name":"b"}],"memory":[]}]}""");
        String template = "{{name}} ({{of}}) {{cpuPercent}}";
        assertEquals("java (nextcloud.service) 140 %", Causes.said(answer, "cpu", template));
        assertEquals("", Causes.said(answer, "memory", template));
        assertEquals("", Causes.said(new JsonObject(), "cpu", template));
        answer.getJsonArray("minutes")
                .getJsonObject(1)
                .getJsonArray("cpu")
                .getJsonObject(0)
                .remove("of");
        assertEquals("java 140 %", Causes.said(answer, "cpu", template));
    }
}
