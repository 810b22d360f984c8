package pulseboard.machine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that ask this machine. A call into the kernel may never come back (a network filesystem whose server is
 * gone), so nothing that asks runs on a thread that anything else waits for without a limit. Idle threads are used
 * again; in the ordinary case one is enough.
 */
public final class DaemonThreads {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private DaemonThreads() {}

    /** Makes a pool of daemon threads, which do not keep the program from ending. */
    public static ExecutorService create() {
        return create("sampler");
    }

    /** The same, the threads named otherwise. */
    public static ExecutorService create(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name + "-" + COUNT.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
