package pulseboard.board.lab.player;

import java.util.List;

/**
 * The qualities of a video, from the lowest.
 *
 * @param segmentSeconds how long each segment plays
 * @param megabitsPerSecond of each rung, rising
 */
public record Ladder(double segmentSeconds, List<Double> megabitsPerSecond) {

    /** Copies. */
    public Ladder {
        megabitsPerSecond = List.copyOf(megabitsPerSecond);
    }

    /** How many rungs there are. */
    public int rungs() {
        return megabitsPerSecond.size();
    }

    /** The highest rung that needs no more than this; the lowest where none does. */
    public int rungFor(double available) {
        int rung = 0;
        while (rung + 1 < rungs() && megabitsPerSecond.get(rung + 1) <= available) {
            rung++;
        }
        return rung;
    }
}
