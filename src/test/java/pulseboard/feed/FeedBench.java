package pulseboard.feed;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU of one diff and one publish of a small change to a state of usual size; the floor is encoding that change once. */
public final class FeedBench {

    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 20_000;

    private FeedBench() {}

    /** Prints the table for a state such as the host board's. */
    public static void run(JsonObject state) {
        Vertx vertx = Vertx.vertx();
        JsonObject[] states = {variant(state, 1.5), variant(state, 2.5)};
        Feed feed = new Feed("bench", System::currentTimeMillis);
        feed.update(states[0]);
        JsonObject json = feed.update(states[1]).orElseThrow().toJson();
        double floor = measure(round -> json.encode());
        double diff = measure(round -> feed.update(states[round & 1]));
        double publish = measure(round -> vertx.eventBus().publish(Addresses.changes("bench"), json));
        vertx.eventBus().consumer(Addresses.changes("bench"), message -> {});
        double delivered = measure(round -> vertx.eventBus().publish(Addresses.changes("bench"), json));
        System.out.printf(
                "%nCPU of one change, microseconds; floor: encoding it once, %.1f (%d bytes; state %d bytes)%n",
                floor, json.encode().length(), state.encode().length());
        System.out.printf("%-34s %8s %8s%n", "", "us", "ratio");
        System.out.printf("%-34s %8.1f %8.1f%n", "diff", diff, diff / floor);
        System.out.printf("%-34s %8.1f %8.1f%n", "publish, nobody listens", publish, publish / floor);
        System.out.printf("%-34s %8.1f %8.1f%n", "publish, one consumer (sender only)", delivered, delivered / floor);
        vertx.close();
    }

    private static JsonObject variant(JsonObject state, double busyPercent) {
        JsonObject copy = state.copy();
        copy.getJsonObject("cpu").put("busyPercent", busyPercent).put("contextSwitchesPerSecond", (long)
                (busyPercent * 100));
        return copy;
    }

    private interface Work {
        void run(int round);
    }

    private static double measure(Work work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < WARM_UP; round++) {
            work.run(round);
        }
        long start = threads.getCurrentThreadCpuTime();
        for (int round = 0; round < ROUNDS; round++) {
            work.run(round);
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1e3 / ROUNDS;
    }
}
