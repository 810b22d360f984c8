package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadbandTest {

    private final Deadband steady = new Deadband();

    @ParameterizedTest
    @CsvSource({
        "busyPercent, 40.0, 41.9",
        "readBytesPerSecond, 100000, 109000",
        "readBytesPerSecond, 0, 2047",
        "contextSwitchesPerSecond, 1000, 1240",
        "readsPerSecond, 0, 1",
        "usedBytes, 1000000, 1009000",
        "averageWaitMilliseconds, 1.0, 1.9",
        "queueLength, 1.0, 1.4",
        "load15, 0.5, 0.54",
        "interruptsPerSecond, 0, 99",
        "frequencyHertz, 2000000000, 2090000000"
    })
    void figureThatOnlyTremblesStandsStill(String key, double shown, double next) {
        sample(key, shown);
        assertEquals(shown, sample(key, next));
        assertEquals(shown, sample(key, shown - (next - shown)));
    }

    @ParameterizedTest
    @CsvSource({
        "busyPercent, 40.0, 42.0",
        "busyPercent, 40.0, 38.0",
        "readBytesPerSecond, 100000, 110000",
        "readBytesPerSecond, 0, 2048",
        "contextSwitchesPerSecond, 1000, 700",
        "usedBytes, 1000000, 1010000",
        "averageWaitMilliseconds, 1.0, 2.0",
        "frequencyHertz, 2000000000, 2100000000",
        "load1, 0.5, 0.56",
        "receiveErrorsPerSecond, 0, 1",
        "sendDropsPerSecond, 0, 1",
        "count, 100, 101"
    })
    void figureThatMovesVisiblyIsShown(String key, double shown, double next) {
        sample(key, shown);
        assertEquals(next, sample(key, next));
    }

    @Test
    void whatIsShownIsTrueAgainAfterAFewSamples() {
        sample("busyPercent", 40.0);
        int still = 0;
        while (sample("busyPercent", 40.5) == 40.0) {
            still++;
        }
        assertEquals(Deadband.REFRESH_SAMPLES - 1, still);
        assertEquals(40.5, sample("busyPercent", 40.0), "and then the new figure stands still");
    }

    @Test
    void allFiguresAreRefreshedInTheSameSample() {
        JsonObject before = steady.apply(disks(10, 50));
        for (int sample = 1; sample < Deadband.REFRESH_SAMPLES; sample++) {
            assertEquals(before, steady.apply(disks(10.5, 50.5)), "nothing to push in sample " + sample);
        }
        assertEquals(disks(10.5, 50.5), steady.apply(disks(10.5, 50.5)));
    }

    @Test
    void slowDriftIsFollowed() {
        double shown = 0;
        for (double truth = 0; truth < 50; truth += 0.1) {
            shown = sample("usedPercent", truth);
            assertTrue(Math.abs(shown - truth) < 2, shown + " for " + truth);
        }
    }

    @Test
    void figuresOfTwoDisksAreKeptApart() {
        JsonObject first = disks(10, 50);
        assertEquals(first, steady.apply(disks(10, 50)));
        assertEquals(disks(10, 70), steady.apply(disks(10.4, 70)));
        JsonObject without = new JsonObject().put("sdb", new JsonObject().put("busyPercent", 70.2));
        assertEquals(new JsonObject().put("sdb", new JsonObject().put("busyPercent", 70.0)), steady.apply(without));
        assertEquals(disks(10.4, 70), steady.apply(disks(10.4, 70)), "a disk that is back starts anew");
    }

    @Test
    void textsAndTypesStayAsTheyAre() {
        steady.apply(new JsonObject().put("usedBytes", 1_000_000L).put("status", "Charging"));
        JsonObject next =
                steady.apply(new JsonObject().put("usedBytes", 1_000_001L).put("status", "Full"));
        assertEquals(1_000_000L, next.getValue("usedBytes"));
        assertEquals("Full", next.getString("status"));
    }

    @Test
    void shownIsNeverOffByMoreThanAStep() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        double truth = 50;
        for (int tick = 0; tick < 2_000; tick++) {
            truth = Math.min(100, Math.max(0, truth + random.nextGaussian()));
            double shown = sample("busyPercent", truth);
            assertTrue(Math.abs(shown - truth) < 2, "seed " + seed + ": " + shown + " for " + truth);
        }
    }

    private double sample(String key, double value) {
        return steady.apply(new JsonObject().put(key, value)).getDouble(key);
    }

    private static JsonObject disks(double first, double second) {
        return new JsonObject()
                .put("sda", new JsonObject().put("busyPercent", first))
                .put("sdb", new JsonObject().put("busyPercent", second));
    }
}
