package pulseboard.engine.emulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good a line is.
 *
 * @param latencyMilliseconds of a round trip
 * @param jitterMilliseconds how much a round trip differs from that, either way, at most
 * @param megabitsPerSecond the ceiling, in each direction, 10^6 bits; a line that loses much never gets there
 * @param loss the chance that 1,448 bytes are lost on the way: 0 to 1
 * @param failure the chance that a request is cut off: 0 to 1; at 1 nobody is there
 */
public record Profile(
        double latencyMilliseconds, double jitterMilliseconds, double megabitsPerSecond, double loss, double failure) {

    /** No line at all: what is sent arrives. */
    public static final Profile DIRECT = new Profile(0, 0, 0, 0, 0);

    /** Those that have a name. */
    public static final Map<String, Profile> NAMED;

    static {
        Map<String, Profile> named = new LinkedHashMap<>();
        named.put("direct", DIRECT);
        named.put("normal", new Profile(20, 5, 50, 0, 0));
        named.put("high_latency", new Profile(150, 50, 50, 0.05, 0));
        named.put("low_bandwidth", new Profile(20, 5, 10, 0, 0));
        named.put("packet_loss", new Profile(30, 10, 40, 0.15, 0));
        named.put("node_failure", new Profile(20, 5, 50, 1, 1));
        named.put("degraded", new Profile(100, 30, 20, 0.10, 0.05));
        named.put("recovery", new Profile(50, 20, 35, 0.02, 0));
        NAMED = Collections.unmodifiableMap(named);
    }

    /** Whether there is nobody at the other end. */
    public boolean isDown() {
        return failure >= 1;
    }

    /**
     * What one connection can be expected to carry: the ceiling, or what loss leaves of it (Mathis et al. 1997), and of that the requests that
     * are not cut off. A rough figure where more than one segment in fifty is lost.
     */
    public double expectedMegabitsPerSecond() {
        if (isDown()) {
            return 0;
        }
        double carried = loss <= 0
                ? megabitsPerSecond
                : Math.min(
                        megabitsPerSecond,
                        Link.SEGMENT * 8 * Math.sqrt(1.5 / loss) / Math.max(1, latencyMilliseconds) / 1e3);
        return carried * (1 - failure);
    }

    /** The same, with so much more latency and loss. */
    public Profile worse(double moreMilliseconds, double moreLoss) {
        return new Profile(
                latencyMilliseconds + moreMilliseconds,
                jitterMilliseconds,
                megabitsPerSecond,
                Math.min(0.9, loss + moreLoss),
                failure);
    }
}
