package pulseboard.board.lab.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code lab bench} measures, in this order. */
enum Benchmark {
    /** From the request to the first whole segment. */
    STARTUP(1, "start-up, p95 of 20 plays", "ms", "< 2000"),
    /** Ten plays of a minute at 3 Mbit/s. */
    REBUFFERING(2, "stalls in the worst of 10 plays of a minute", "", "<= 1"),
    /** Of the same plays. */
    BUFFER(3, "mean buffer once it was full", "s", "> 20, and 95 % of samples >= 20"),
    /** Straight to the node, while others read. */
    NODE_LATENCY(4, "ping of a node, p99 of 1000", "ms", "< 10"),
    /** By the node's own count. */
    CONCURRENT_REQUESTS(5, "requests in flight in one node", "", ">= 100, none failed"),
    /** An open loop: a request is due when it is due, however late the one before is. */
    NODE_RESPONSE(6, "0.75 MB, 50 a second: last byte, p95", "ms", "< 50"),
    /** Two of the uploaders put the same chunks. */
    CONCURRENT_UPLOADS(7, "uploaders at once", "", ">= 10, all chosen, none twice"),
    /** Through emulated lines of their own. */
    CONCURRENT_PLAYBACK(8, "players at once for 30 s, none with two stalls", "", ">= 100"),
    /** One player that wants all there is. */
    THROUGHPUT(9, "one player, 200 segments", "Mbit/s", "> 40"),
    /** Of equal nodes. */
    LOAD_DISTRIBUTION(10, "standard deviation of bytes by node", "% of the mean", "< 15"),
    /** The node in use is killed. */
    FAILOVER(11, "kill to the first byte from another node, p95 of 10", "ms", "< 5000");

    private final int number;
    private final String description;
    private final String unit;
    private final String target;

    Benchmark(int number, String description, String unit, String target) {
        this.number = number;
        this.description = description;
        this.unit = unit;
        this.target = target;
    }

    /** Its name in JSON and on the command line. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    String unit() {
        return unit;
    }

    String target() {
        return target;
    }

    int number() {
        return number;
    }

    /** The names of all, for people. */
    static String names() {
        return Arrays.stream(values()).map(Benchmark::text).collect(Collectors.joining(", "));
    }
}
