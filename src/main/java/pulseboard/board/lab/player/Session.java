package pulseboard.board.lab.player;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A player that decides what to fetch. Whoever drives it tells it the time and how fetches end; it tells what to fetch. Two players with the
 * same setup but for the scheduler differ in nothing else.
 */
public final class Session {

    private static final int CONCURRENT = 4;
    private static final int SPEEDS = 5;
    private static final int MOST_ATTEMPTS = 4;
    private static final double RETRY_SECONDS = 0.5;

    private final Setup setup;
    private final Playback playback;
    private final Map<Integer, Fetch> underWay = new TreeMap<>();
    private final Map<Integer, Fetch> again = new TreeMap<>();
    private final Deque<Double> speeds = new ArrayDeque<>();
    private int nextSegment;
    private int lastRung;
    private long bytes;
    private double busySeconds;
    private double busySince;

    /**
     * What does not change.
     *
     * @param ladder the qualities
     * @param abr how it chooses one
     * @param startAtSeconds how much it waits for before it plays
     * @param targetSeconds how much it wants to have
     */
    public record Setup(Ladder ladder, Abr abr, double startAtSeconds, double targetSeconds) {

        /** As the lab's players are: 30 s, of which 10 before it begins. */
        public static Setup of(Ladder ladder, Abr abr) {
            return new Setup(ladder, abr, 10, 30);
        }

        /** The same, but it plays as soon as the first segment is there. */
        public Setup fastStart() {
            return new Setup(ladder, abr, ladder.segmentSeconds(), targetSeconds);
        }
    }

    /**
     * Something to fetch.
     *
     * @param segment counted from 0
     * @param rung in which quality
     * @param attempt 1 for the first
     * @param notBefore when
     */
    public record Fetch(int segment, int rung, int attempt, double notBefore) {}

    /** Begins. */
    public Session(Setup setup, double now) {
        this.setup = setup;
        playback = new Playback(setup.ladder(), setup.startAtSeconds(), now);
    }

    /** What a viewer sees. */
    public Playback playback() {
        return playback;
    }

    /** What to begin to fetch now. */
    public List<Fetch> due(double now) {
        playback.advance(now);
        List<Fetch> due = new ArrayList<>();
        for (Fetch retry : List.copyOf(again.values())) {
            if (underWay.size() < CONCURRENT && retry.notBefore <= now) {
                again.remove(retry.segment);
                begin(retry, now, due);
            }
        }
        while (underWay.size() + again.size() < CONCURRENT && wantsMore()) {
            lastRung = setup.abr.rung(setup.ladder, speed(), playback.bufferSeconds(), setup.targetSeconds);
            begin(new Fetch(nextSegment++, lastRung, 1, now), now, due);
        }
        return due;
    }

    private boolean wantsMore() {
        double fetched = nextSegment * setup.ladder.segmentSeconds() - playback.positionSeconds();
        return fetched + setup.ladder.segmentSeconds() <= setup.targetSeconds + 1e-9;
    }

    private void begin(Fetch fetch, double now, List<Fetch> due) {
        if (underWay.isEmpty()) {
            busySince = now;
        }
        underWay.put(fetch.segment, fetch);
        due.add(fetch);
    }

    private void end(Fetch fetch, double now) {
        underWay.remove(fetch.segment);
        if (underWay.isEmpty()) {
            busySeconds += now - busySince;
        }
    }

    /** A segment has come. */
    public void got(Fetch fetch, int gotBytes, double tookSeconds, double now) {
        end(fetch, now);
        bytes += gotBytes;
        speeds.add(gotBytes * 8 / Math.max(tookSeconds, 1e-6) / 1e6);
        if (speeds.size() > SPEEDS) {
            speeds.remove();
        }
        playback.got(fetch.segment, fetch.rung, now);
    }

    /** A segment has not come; it is tried again later, in the lowest quality at last, and without end: else nothing goes on. */
    public void failed(Fetch fetch, double now) {
        end(fetch, now);
        playback.advance(now);
        double wait = RETRY_SECONDS * (1 << Math.min(fetch.attempt - 1, MOST_ATTEMPTS - 2));
        int rung = fetch.attempt >= MOST_ATTEMPTS ? 0 : fetch.rung;
        again.put(fetch.segment, new Fetch(fetch.segment, rung, fetch.attempt + 1, now + wait));
    }

    /** The harmonic mean of the last speeds, Mbit/s; 0: none is known. */
    public double speed() {
        return speeds.isEmpty()
                ? 0
                : speeds.size() / speeds.stream().mapToDouble(each -> 1 / each).sum();
    }

    /** Bytes by the time in which at least one download was open, Mbit/s; 0: nothing has come. */
    public double megabitsPerSecond(double now) {
        double busy = busySeconds + (underWay.isEmpty() ? 0 : now - busySince);
        return busy <= 0 ? 0 : bytes * 8 / busy / 1e6;
    }

    /** All that has come. */
    public long bytes() {
        return bytes;
    }

    /** The quality of the last segment that was asked for. */
    public int rung() {
        return lastRung;
    }

    /** The next moment at which something may be due although nothing has come. */
    public double nextLook(double now) {
        return again.values().stream().mapToDouble(Fetch::notBefore).min().orElse(now + 0.25);
    }
}
