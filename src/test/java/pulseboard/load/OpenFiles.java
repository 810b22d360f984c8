package pulseboard.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets a process may have open. */
final class OpenFiles {

    /** What a JVM has open besides its connections, and some. */
    private static final int OTHERS = 200;

    private OpenFiles() {}

    /** A JVM on Linux raises its own limit as far as it may when it starts, so that this is the hard limit. */
    static boolean areEnoughFor(int connections) {
        return limit() >= connections + OTHERS;
    }

    private static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** What to do when they are not. */
    static String advice(int connections) {
        return connections + " viewers need " + (connections + OTHERS) + " open files and a process may have " + limit()
                + "; as root, raise that first with: ulimit -n " + (connections + OTHERS);
    }
}
