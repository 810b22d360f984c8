package pulseboard.board.lab.player;

/** What a player has seen of one node. Each figure is of what happened to this player; nothing is assumed. */
public final class NodeRecord {

    private static final double WEIGHT = 0.3;
    private static final double LATENCY_WEIGHT = 0.1;
    private static final double ACTIVE_WEIGHT = 0.2;

    private int active;
    private long downloads;
    private long failures;
    private long bytes;
    private double megabitsPerSecond;
    private double milliseconds;
    private double success = 1;

    /** A download begins. */
    public void begun() {
        active++;
    }

    /** A download has ended: with so many bytes in so many milliseconds, or with none. */
    public void ended(int gotBytes, double tookMilliseconds) {
        active--;
        downloads++;
        failures += gotBytes == 0 ? 1 : 0;
        bytes += gotBytes;
        succeeded(gotBytes > 0);
        if (gotBytes > 0 && tookMilliseconds > 0) {
            megabitsPerSecond = mean(megabitsPerSecond, gotBytes * 8 / tookMilliseconds / 1e3);
        }
    }

    /** It answered a ping after so many milliseconds; negative: it did not. */
    public void pinged(double answeredMilliseconds) {
        succeeded(answeredMilliseconds >= 0);
        if (answeredMilliseconds >= 0) {
            milliseconds = mean(milliseconds, answeredMilliseconds);
        }
    }

    private void succeeded(boolean has) {
        success = (1 - WEIGHT) * success + (has ? WEIGHT : 0);
    }

    private static double mean(double before, double now) {
        return before == 0 ? now : (1 - WEIGHT) * before + WEIGHT * now;
    }

    /**
     * How promising it is: mean Mbit/s by success, less for each millisecond of latency and each download under way. A node that was not
     * tried yet is worth a try before all others.
     */
    public double score() {
        if (megabitsPerSecond == 0 && failures == 0) {
            return Double.MAX_VALUE / (1 + active);
        }
        return megabitsPerSecond * success / (1 + LATENCY_WEIGHT * milliseconds) / (1 + ACTIVE_WEIGHT * active);
    }

    /** Downloads under way. */
    public int active() {
        return active;
    }

    /** Downloads that have ended. */
    public long downloads() {
        return downloads;
    }

    /** Those that failed. */
    public long failures() {
        return failures;
    }

    /** Bytes that it gave. */
    public long bytes() {
        return bytes;
    }

    /** The moving mean of downloads' speeds; 0: unknown. */
    public double megabitsPerSecond() {
        return megabitsPerSecond;
    }

    /** The moving mean of pings; 0: unknown. */
    public double milliseconds() {
        return milliseconds;
    }

    /** The moving share of downloads and pings that were answered: 0 to 1. */
    public double success() {
        return success;
    }
}
