package pulseboard.board.s3.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Threads that all do the same, each with a number of its own from 0 on, and as many as are wanted now. Thread-safe. */
final class Crew {

    private final IntConsumer work;
    private final List<Thread> threads = new ArrayList<>();
    private final BitSet slots = new BitSet();
    private int target;

    /** Each does this with its number, and looks now and then whether it is one too many. */
    Crew(IntConsumer work) {
        this.work = work;
    }

    /** From now on so many; who is missing is started. */
    synchronized void target(int count) {
        target = count;
        threads.removeIf(thread -> !thread.isAlive());
        for (int slot = slots.nextClearBit(0); slot < count; slot = slots.nextClearBit(slot)) {
            slots.set(slot);
            int number = slot;
            Thread thread = new Thread(() -> work.accept(number), "s3-" + slot);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Whether this one is too many; then it ends. */
    synchronized boolean isTooMany(int slot) {
        if (slot >= target) {
            slots.clear(slot);
            return true;
        }
        return false;
    }

    /** Returns when all have ended. */
    void await() throws InterruptedException {
        for (Thread thread = alive(); thread != null; thread = alive()) {
            thread.join();
        }
    }

    private synchronized @Nullable Thread alive() {
        return threads.stream().filter(Thread::isAlive).findFirst().orElse(null);
    }
}
