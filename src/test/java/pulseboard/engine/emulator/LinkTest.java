package pulseboard.engine.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A line is as good as it says. */
class LinkTest {

    private static double megabitsPerSecond(Profile profile, long seed) {
        Link.Line line = new Link.Line(profile);
        Link link = new Link(line, seed);
        Deque<Long> underWay = new ArrayDeque<>();
        long sent = 0;
        long now = 0;
        while (now < 20_000_000_000L) {
            underWay.add(link.arrival(now, 16 << 10));
            sent += 16 << 10;
            if (underWay.size() * (16L << 10) > line.room()) {
                now = Math.max(now, underWay.remove());
            }
        }
        return sent * 8e3 / now;
    }

    @Test
    void rateIsWithinThreePercentWhereNothingIsLost() {
        assertEquals(50, megabitsPerSecond(profile("normal"), 1), 1.5);
        assertEquals(10, megabitsPerSecond(profile("low_bandwidth"), 1), 0.3);
    }

    @Test
    void lossyLineNeverMeetsItsCeiling() {
        assertTrue(megabitsPerSecond(profile("packet_loss"), 1) < 4);
        assertTrue(megabitsPerSecond(profile("degraded"), 1) < 4);
        assertTrue(megabitsPerSecond(profile("recovery"), 1) < 17);
    }

    @Test
    void smallMessageTakesHalfTheLatency() {
        double sum = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            sum += new Link(new Link.Line(profile("normal")), seed).arrival(0, 100) / 1e6;
        }
        assertEquals(10, sum / 1_000, 0.2);
    }

    @Test
    void whatIsSentFirstArrivesFirst() {
        Link link = new Link(new Link.Line(profile("degraded")), 7);
        long last = 0;
        for (int n = 0; n < 10_000; n++) {
            long arrival = link.arrival(n * 1_000L, 1_000);
            assertTrue(arrival >= last);
            last = arrival;
        }
    }

    @Test
    void connectionsShareTheRateOfTheirLine() {
        Link.Line line = new Link.Line(profile("low_bandwidth"));
        long one = new Link(line, 1).arrival(0, 1_250_000);
        long other = new Link(line, 2).arrival(0, 1_250_000);
        assertEquals(1.0, one / 1e9, 0.03);
        assertEquals(2.0, other / 1e9, 0.03);
    }

    @Test
    void sameSeedIsTheSameLine() {
        for (int seed = 0; seed < 100; seed++) {
            Link one = new Link(new Link.Line(profile("packet_loss")), seed);
            Link other = new Link(new Link.Line(profile("packet_loss")), seed);
            for (int n = 0; n < 100; n++) {
                assertEquals(one.arrival(n, 5_000), other.arrival(n, 5_000));
            }
        }
    }

    private static Profile profile(String name) {
        return Objects.requireNonNull(Profile.NAMED.get(name), name);
    }
}
