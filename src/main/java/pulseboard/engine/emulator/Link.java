package pulseboard.engine.emulator;

import java.util.SplittableRandom;

/**
 * One direction of one connection over an emulated line. What is offered first arrives first, like on TCP: bytes wait for the line to
 * be free, then travel half the latency. Each 1,448 bytes may be lost: then they and all behind them wait for one round trip more (200
 * ms when the window's last was lost), and the window of the connection halves. It begins with 10 segments, doubles each round trip
 * until the first loss, then grows by one (RFC 5681); where nothing is lost there is no window. Times are nanoseconds of any clock.
 */
public final class Link {

    /** What a segment of TCP carries on Ethernet. */
    public static final int SEGMENT = 1_448;

    private static final double FIRST_WINDOW = 10;
    private static final double LEAST_WINDOW = 2;
    private static final long LAST_OF_WINDOW_NANOS = 200_000_000;
    private static final double NANOS = 1e6;

    private final Line line;
    private final SplittableRandom random;
    private double window = FIRST_WINDOW;
    private boolean hasLost;
    private double sentInWindow;
    private long windowNanos;
    private long lastArrivalNanos;

    /** The rate of a direction, which all connections over it share, and how good it is now. */
    public static final class Line {

        private Profile profile;
        private long freeNanos;

        /** A line as good as this. */
        public Line(Profile profile) {
            this.profile = profile;
        }

        /** From now on it is as good as this. */
        public void change(Profile now) {
            profile = now;
        }

        /** How good it is. */
        public Profile profile() {
            return profile;
        }

        /** How many bytes may be on their way before the sender has to wait. */
        public long room() {
            double seconds = (profile.latencyMilliseconds() + 50) / 1_000;
            return (long) (profile.megabitsPerSecond() * 1e6 / 8 * seconds) + (128 << 10);
        }

        private long send(long fromNanos, int bytes) {
            long begin = Math.max(fromNanos, freeNanos);
            double rate = profile.megabitsPerSecond() * 1e6 / 8;
            freeNanos = begin + (rate <= 0 ? 0 : (long) (bytes / rate * 1e9));
            return freeNanos;
        }
    }

    /**
     * A seed made of another and of what it is for. Seeds that are near each other, or in steps, must not give chances that resemble each other:
     * this is the last step of MurmurHash3.
     */
    public static long seed(long seed, long purpose) {
        long mixed = seed * 0xd1342543de82ef95L + purpose;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** One direction of one connection over this line; what happens to it comes from the seed. */
    public Link(Line line, long seed) {
        this.line = line;
        this.random = new SplittableRandom(seed);
    }

    /** When the last of these bytes, sent now, arrives. */
    public long arrival(long nowNanos, int bytes) {
        long arrival = lastArrivalNanos;
        for (int left = bytes; left > 0; left -= SEGMENT) {
            arrival = Math.max(arrival, segment(nowNanos, Math.min(left, SEGMENT)));
        }
        lastArrivalNanos = Math.max(arrival, nowNanos);
        return lastArrivalNanos;
    }

    private long segment(long nowNanos, int bytes) {
        Profile profile = line.profile();
        double jitter = (random.nextDouble() * 2 - 1) * profile.jitterMilliseconds();
        long roundTrip = (long) (Math.max(0, profile.latencyMilliseconds() + jitter) * NANOS);
        double loss = profile.loss();
        if (loss <= 0) {
            return line.send(nowNanos, bytes) + roundTrip / 2;
        }
        long sent = line.send(turn(nowNanos, roundTrip), bytes);
        boolean isLast = sentInWindow + 1 >= window;
        sentInWindow++;
        long late = 0;
        while (random.nextDouble() < loss && late < 10_000_000_000L) {
            late += isLast ? Math.max(LAST_OF_WINDOW_NANOS, roundTrip) : roundTrip;
            window = Math.max(LEAST_WINDOW, window / 2);
            hasLost = true;
        }
        windowNanos += late; // What is behind waits for it.
        return sent + roundTrip / 2 + late;
    }

    /** When the window lets a segment go. */
    private long turn(long nowNanos, long roundTrip) {
        if (sentInWindow >= window) {
            sentInWindow = 0;
            window = hasLost ? window + 1 : window * 2;
            windowNanos = Math.max(nowNanos, windowNanos + roundTrip);
        } else if (nowNanos > windowNanos + roundTrip) {
            sentInWindow = 0;
            windowNanos = nowNanos;
        }
        return Math.max(nowNanos, windowNanos);
    }

    /** Whether the next request is cut off. */
    public boolean isCutOff() {
        return line.profile().failure() > 0
                && random.nextDouble() < line.profile().failure();
    }
}
