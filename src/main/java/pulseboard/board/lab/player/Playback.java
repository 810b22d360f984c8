package pulseboard.board.lab.player;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a viewer sees: a picture after a while, then playing, and a stall each time the next segment is not there. A stall is counted once,
 * with its length.
 */
public final class Playback {

    private static final double STALL_WEIGHT = 4.3;

    private final Ladder ladder;
    private final double startAtSeconds;
    private final double beganAt;
    private final Map<Integer, Integer> rungs = new TreeMap<>();
    private double lastAt;
    private double position;
    private int contiguous;
    private boolean isPlaying;
    private double startupSeconds = -1;
    private int stalls;
    private double stalledSeconds;

    /**
     * Begins to wait for the first segments.
     *
     * @param startAtSeconds how much has to be there before it plays
     */
    public Playback(Ladder ladder, double startAtSeconds, double now) {
        this.ladder = ladder;
        this.startAtSeconds = startAtSeconds;
        beganAt = now;
        lastAt = now;
    }

    /** Time has passed. */
    public void advance(double now) {
        double passed = Math.max(0, now - lastAt);
        lastAt = Math.max(lastAt, now);
        if (isPlaying) {
            double playable = Math.min(passed, bufferSeconds());
            position += playable;
            if (passed > playable) {
                isPlaying = false;
                stalls++;
                stalledSeconds += passed - playable;
            }
        } else if (startupSeconds >= 0) {
            stalledSeconds += passed;
        }
    }

    /** A segment is there, in this quality. */
    public void got(int segment, int rung, double now) {
        advance(now);
        rungs.put(segment, rung);
        while (rungs.containsKey(contiguous)) {
            contiguous++;
        }
        if (!isPlaying && bufferSeconds() > 0 && (startupSeconds >= 0 || bufferSeconds() >= startAtSeconds)) {
            isPlaying = true;
            startupSeconds = startupSeconds < 0 ? now - beganAt : startupSeconds;
        }
    }

    /** How much can be played without a gap. */
    public double bufferSeconds() {
        return contiguous * ladder.segmentSeconds() - position;
    }

    /** How much of the video was played. */
    public double positionSeconds() {
        return position;
    }

    /** Whether it plays now. */
    public boolean isPlaying() {
        return isPlaying;
    }

    /** {@code starting}, {@code playing} or {@code stalled}. */
    public String state() {
        return isPlaying ? "playing" : startupSeconds < 0 ? "starting" : "stalled";
    }

    /** How long until the first picture; negative: there is none yet. */
    public double startupSeconds() {
        return startupSeconds;
    }

    /** How often it stood still. */
    public int stalls() {
        return stalls;
    }

    /** How long in all. */
    public double stalledSeconds() {
        return stalledSeconds;
    }

    /** The rung of a segment that is there; -1: it is not. */
    public int rung(int segment) {
        return rungs.getOrDefault(segment, -1);
    }

    /**
     * Quality of experience as in the literature (Yin et al. 2015): the Mbit/s of each segment played, less 4.3 for each second of stall,
     * less each change of Mbit/s from one segment to the next.
     */
    public double qualityOfExperience() {
        double sum = -STALL_WEIGHT * stalledSeconds;
        double before = -1;
        int played = (int) Math.floor(position / ladder.segmentSeconds());
        for (int segment = 0; segment < played; segment++) {
            double quality = ladder.megabitsPerSecond().get(Math.max(0, rung(segment)));
            sum += quality - (before < 0 ? 0 : Math.abs(quality - before));
            before = quality;
        }
        return sum;
    }
}
