package pulseboard.board.lab.player;

import java.util.Locale;

/** How a player chooses the quality of its next segment. */
public enum Abr {
    /** Always the highest. */
    FIXED,
    /** What nine tenths of the harmonic mean of the last five segments' speeds can carry. */
    THROUGHPUT,
    /** By the buffer alone: BOLA (Spiteri, Urgaonkar, Sitaraman 2016), with the logarithm of the size as utility. */
    BOLA,
    /** {@link #THROUGHPUT} below ten seconds of buffer, {@link #BOLA} from there on, as dash.js does. */
    DYNAMIC;

    private static final double SAFETY = 0.9;
    private static final double ENOUGH_SECONDS = 10;

    /** The name in settings and on boards. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The rung of the next segment.
     *
     * @param speed the harmonic mean of the last speeds, Mbit/s; 0: none is known
     * @param bufferSeconds how much can be played
     * @param targetSeconds how much it wants to have
     */
    public int rung(Ladder ladder, double speed, double bufferSeconds, double targetSeconds) {
        return switch (this) {
            case FIXED -> ladder.rungs() - 1;
            case THROUGHPUT -> ladder.rungFor(SAFETY * speed);
            case BOLA -> bola(ladder, bufferSeconds, targetSeconds);
            case DYNAMIC ->
                bufferSeconds < ENOUGH_SECONDS
                        ? ladder.rungFor(SAFETY * speed)
                        : bola(ladder, bufferSeconds, targetSeconds);
        };
    }

    /** The rung with the most utility for its size, where a fuller buffer minds the size less. */
    private static int bola(Ladder ladder, double bufferSeconds, double targetSeconds) {
        double lowest = ladder.megabitsPerSecond().get(0);
        double highest = Math.log(ladder.megabitsPerSecond().get(ladder.rungs() - 1) / lowest) + 1;
        double least = Math.min(ENOUGH_SECONDS, targetSeconds / 2);
        double gain = (highest - 1) / (targetSeconds / least - 1);
        double control = gain <= 0 ? 1 : least / gain;
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int rung = 0; rung < ladder.rungs(); rung++) {
            double size = ladder.megabitsPerSecond().get(rung);
            double utility = Math.log(size / lowest) + 1;
            double score = (control * (utility - 1 + gain) - bufferSeconds) / size;
            if (score >= bestScore) {
                bestScore = score;
                best = rung;
            }
        }
        return best;
    }
}
