package pulseboard.host;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that samplers run on. A call into the kernel may never come back (a network filesystem whose server is
 * gone), so nothing that samples runs on a thread that anything else waits for without a limit. Idle threads are used
 * again; in the ordinary case one is enough.
 */
public final class SamplerThreads {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private SamplerThreads() {}

    /** Makes a pool of daemon threads, which do not keep the program from ending. */
    static ExecutorService create() {
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
