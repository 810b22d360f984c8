package pulseboard.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivenessTest {

    private static final Liveness LIVENESS = new Liveness(seconds(30));

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    @ParameterizedTest
    @CsvSource({"0,LIVE", "7,LIVE", "8,LATE", "30,LATE", "31,OFFLINE", "100000,OFFLINE"})
    void ageOfTheNewestDataDecides(long age, Liveness.State state) {
        Liveness.Seen seen = new Liveness.Seen(seconds(1_000), 0, true);
        assertEquals(state, LIVENESS.state(seen, 0, seconds(1_000 + age)));
    }

    @ParameterizedTest
    @CsvSource({"1,LEAVING", "299,LEAVING", "300,OFFLINE"})
    void whoSaysGoodbyeHasFiveMinutes(long since, Liveness.State state) {
        Liveness.Seen seen = new Liveness.Seen(seconds(999), seconds(1_000), true);
        assertEquals(state, LIVENESS.state(seen, 0, seconds(1_000 + since)));
    }

    @ParameterizedTest
    @CsvSource({"1,UNKNOWN", "59,UNKNOWN", "60,OFFLINE"})
    void nothingIsSaidOfAMachineInTheFirstMinute(long since, Liveness.State state) {
        Liveness.Seen never = new Liveness.Seen(0, 0, false);
        assertEquals(state, LIVENESS.state(never, seconds(5), seconds(5 + since)));
    }

    private static long[] heard(long... secondsOfEach) {
        return LongStream.of(secondsOfEach).map(LivenessTest::seconds).toArray();
    }

    @Test
    void hubIsIsolatedWhenMostFallSilentTogetherUntilHalfAreBack() {
        Isolation isolation = new Isolation();
        assertFalse(isolation.look(heard(100, 100, 100, 100), seconds(101)));
        assertTrue(isolation.look(heard(100, 101, 102, 109), seconds(112)));
        assertTrue(isolation.look(heard(100, 101, 102, 200), seconds(201)));
        assertFalse(isolation.look(heard(100, 101, 200, 200), seconds(201)));
    }

    @Test
    void fewMachinesOrThoseThatFellSilentOneByOneSayNothingOfTheHub() {
        Isolation isolation = new Isolation();
        assertFalse(isolation.look(heard(100, 100, 100), seconds(200)), "three are too few");
        assertFalse(isolation.look(heard(10, 50, 100, 199, 199), seconds(200)), "one after the other");
        assertFalse(isolation.look(heard(100, 100, 200, 200), seconds(200)), "half are there");
        assertFalse(isolation.look(new long[0], seconds(200)));
    }
}
