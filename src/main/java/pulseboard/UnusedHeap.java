package pulseboard;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives heap back to the system that is not in use any more. The serial collector does that only when it collects all, and
 * newer JVMs put that off: Java 25 lets the heap grow to its bound first, where Java 17 collected. So from time to time this
 * looks whether the heap has grown, and has all of it collected then. Where it does not grow nothing is collected. Used on one
 * event loop.
 */
final class UnusedHeap {

    private static final long LOOK_MILLISECONDS = TimeUnit.SECONDS.toMillis(30);

    /** Growth of so much, and of a sixth, is worth a collection of some 30 ms. */
    private static final long LEAST_BYTES = 2 << 20;

    private static final int SHARE = 6;

    private final LongSupplier heapBytes;
    private final Runnable collectAll;
    private long lowest;

    /**
     * Does nothing by itself. To be made when the heap is small yet.
     *
     * @param heapBytes the size of the heap, used and unused
     * @param collectAll makes the heap as small as it can be
     */
    UnusedHeap(LongSupplier heapBytes, Runnable collectAll) {
        this.heapBytes = heapBytes;
        this.collectAll = collectAll;
        this.lowest = heapBytes.getAsLong();
    }

    /** Looks at the heap of this JVM twice a minute. */
    static void giveBack(Vertx vertx) {
        UnusedHeap heap = new UnusedHeap(Runtime.getRuntime()::totalMemory, System::gc);
        vertx.setPeriodic(LOOK_MILLISECONDS, id -> heap.look());
    }

    /** Has all collected if the heap has grown since it was smallest, or since all was collected. */
    void look() {
        long now = heapBytes.getAsLong();
        lowest = Math.min(lowest, now);
        if (now - lowest >= Math.max(LEAST_BYTES, lowest / SHARE)) {
            collectAll.run();
            lowest = heapBytes.getAsLong();
        }
    }
}
