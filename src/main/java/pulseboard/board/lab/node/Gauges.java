package pulseboard.board.lab.node;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What a node counts about itself. Used on its event loop. */
final class Gauges {

    private static final long MEBIBYTE = 1 << 20;

    private int inFlight;
    private int mostInFlight;
    private long requests;
    private long failed;
    private long readBytes;
    private long readNanos;
    private long reads;
    private List<byte[]> ballast = new ArrayList<>();

    void begun() {
        requests++;
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    void ended(int status) {
        inFlight--;
        failed += status >= 500 ? 1 : 0;
    }

    void read(long bytes, long nanos) {
        readBytes += bytes;
        readNanos += nanos;
        reads++;
    }

    /** Fills the heap of this process up to so many percent of what it may have; 0 lets go. */
    void weigh(int percent) {
        ballast = new ArrayList<>();
        Runtime runtime = Runtime.getRuntime();
        long wanted = runtime.maxMemory() / 100 * percent;
        while (runtime.totalMemory() - runtime.freeMemory() + MEBIBYTE < wanted && ballast.size() < 4_096) {
            ballast.add(new byte[(int) MEBIBYTE]);
        }
    }

    JsonObject toJson() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        JsonObject json = new JsonObject()
                .put("requests", requests)
                .put("failed", failed)
                .put("inFlight", inFlight)
                .put("mostInFlight", mostInFlight)
                .put("readBytes", readBytes)
                .put("reads", reads)
                .put("heapUsedPercent", Math.round(100.0 * used / runtime.maxMemory()));
        return reads == 0 ? json : json.put("readMilliseconds", readNanos / 1e6 / reads);
    }
}
