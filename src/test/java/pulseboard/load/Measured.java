package pulseboard.load;

import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** What the servers under measurement have in common: they tell of their memory when asked, and end with their input. */
final class Measured {

    /** How often a board changes. */
    static final int BEAT_MILLISECONDS = 1000;

    private Measured() {}

    /** With as many threads as the program has. */
    static Vertx vertx() {
        return Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4).setInternalBlockingPoolSize(2));
    }

    /** Answers each line of standard input with the memory in use after a collection. */
    static void serve(int port) throws IOException {
        System.out.println("http://127.0.0.1:" + port + "/");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.gc();
            System.out.println(JsonObject.of(
                            "heap",
                            ManagementFactory.getMemoryMXBean()
                                    .getHeapMemoryUsage()
                                    .getUsed(),
                            "direct",
                            directBytes())
                    .encode());
        }
        System.exit(0);
    }

    /** Some of it Netty takes past the JVM, which then does not know of it. */
    private static long directBytes() {
        return Math.max(0, PlatformDependent.usedDirectMemory())
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }
}
