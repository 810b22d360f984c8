package pulseboard.machine;

import java.io.IOException;

/**
 * Asks the machine for one reading. Called from one thread at a time.
 *
 * @param <T> what is read: counters and figures as they stand now
 */
@FunctionalInterface
public interface Reader<T> {

    /**
     * Reads now.
     *
     * @throws IOException with a message for people, when this machine does not report it
     */
    T read() throws IOException;
}
