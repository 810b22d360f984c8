package pulseboard.engine;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Ends this process when another one is gone, however that ended: of a demonstration nothing may stay behind. Which one it is comes as
 * a property of Java, so that the processes which this one starts end with it as well.
 */
public final class Starter {

    private static final String PROPERTY = "pulseboard.starter";
    private static final long LOOK_MILLISECONDS = TimeUnit.SECONDS.toMillis(1);

    private Starter() {}

    /** The option with which a process that this one starts ends with this one. */
    public static String option() {
        ProcessHandle self = ProcessHandle.current();
        return "-D" + PROPERTY + "=" + self.pid() + ":" + ChildProcess.startOf(self);
    }

    /** From now on this process ends with the one that was named to it, if any was. */
    public static void endWithIt() {
        String named = System.getProperty(PROPERTY, "");
        if (!named.isEmpty()) {
            Thread thread = new Thread(() -> watch(named), "starter");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void watch(String named) {
        try {
            while (isThere(named)) {
                Thread.sleep(LOOK_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        System.exit(0); // As at TERM: whoever has something to finish does so.
    }

    /** A pid alone may be anyone's by now. */
    private static boolean isThere(String named) {
        int colon = named.indexOf(':');
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(named.substring(0, colon)));
        return process.filter(ProcessHandle::isAlive)
                .filter(it -> ChildProcess.startOf(it).equals(named.substring(colon + 1)))
                .isPresent();
    }
}
