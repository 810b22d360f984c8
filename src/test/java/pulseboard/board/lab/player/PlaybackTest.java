package pulseboard.board.lab.player;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a viewer sees, by the clock that the test tells. */
class PlaybackTest {

    private static final Ladder LADDER = new Ladder(2, List.of(1.0, 3.0));

    @Test
    void stallIsCountedOnceWithItsLength() {
        Playback playback = new Playback(LADDER, 2, 0);
        playback.got(0, 1, 1);
        assertEquals(1, playback.startupSeconds());
        assertEquals("playing", playback.state());
        playback.advance(2.5);
        assertEquals(0.5, playback.bufferSeconds(), 1e-9);
        for (double now = 3; now <= 5; now += 0.5) {
            playback.advance(now);
        }
        assertEquals("stalled", playback.state());
        playback.got(1, 1, 5.5);
        assertEquals(1, playback.stalls());
        assertEquals(2.5, playback.stalledSeconds(), 1e-9);
        playback.advance(7);
        assertEquals(1, playback.stalls(), "it plays again");
    }

    @Test
    void gapIsNoBuffer() {
        Playback playback = new Playback(LADDER, 2, 0);
        playback.got(0, 0, 1);
        playback.got(2, 0, 1);
        assertEquals(2, playback.bufferSeconds());
        playback.got(1, 0, 2);
        assertEquals(5, playback.bufferSeconds());
    }

    /** 3 + 3 + 1 + 3 Mbit/s played, two changes of 2 Mbit/s, one second of stall. */
    @Test
    void qualityOfExperienceIsThatOfTheLiterature() {
        Playback playback = new Playback(LADDER, 2, 0);
        int[] rungs = {1, 1, 0, 1};
        for (int segment = 0; segment < rungs.length; segment++) {
            playback.got(segment, rungs[segment], 0);
        }
        playback.advance(9);
        assertEquals(1, playback.stalledSeconds(), 1e-9);
        assertEquals(3 + 3 + 1 + 3 - 2 - 2 - 4.3, playback.qualityOfExperience(), 1e-9);
    }

    @Test
    void failedSegmentIsTriedAgainLaterAndAtLastInTheLowestQuality() {
        Session session = new Session(new Session.Setup(LADDER, Abr.FIXED, 2, 4), 0);
        List<Session.Fetch> due = session.due(0);
        assertEquals(List.of(0, 1), due.stream().map(Session.Fetch::segment).toList());
        Session.Fetch fetch = due.get(0);
        double now = 0;
        for (int attempt = 1; attempt < 4; attempt++) {
            assertEquals(1, fetch.rung());
            session.failed(fetch, now);
            double wait = 0.5 * (1 << (attempt - 1));
            assertTrue(session.due(now + wait - 0.01).isEmpty(), "attempt " + attempt);
            now += wait;
            fetch = session.due(now).get(0);
            assertEquals(attempt + 1, fetch.attempt());
        }
        session.failed(fetch, now);
        assertEquals(0, session.due(now + 10).get(0).rung());
    }

    @Test
    void bufferNeverWantsMoreThanItsTarget() {
        Session session = new Session(new Session.Setup(LADDER, Abr.THROUGHPUT, 2, 6), 0);
        List<Session.Fetch> due = session.due(0);
        assertEquals(3, due.size());
        due.forEach(fetch -> session.got(fetch, 250_000, 0.1, 0.1));
        assertTrue(session.due(0.1).isEmpty());
        assertEquals(1, session.due(2.2).get(0).rung(), "20 Mbit/s carry the higher quality");
    }
}
