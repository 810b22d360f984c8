package pulseboard.machine;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** What is asked of a process only when it is to be shown: each answer costs a file or more. */
public interface ProcessDetails {

    /** Its owner's name; empty where it is not known. */
    String user();

    /** What it runs, and what it belongs to. */
    default ProcessOrigin origin() {
        return ProcessOrigin.UNKNOWN;
    }

    /**
     * What it has read from and written to disks so far; nothing where this system does not count it.
     *
     * @throws IOException when this program may not see it, with a message for people
     */
    default Optional<ProcessDisk> disk() throws IOException {
        return Optional.empty();
    }

    /** Where nothing but the owner can be asked for. */
    static ProcessDetails of(Supplier<String> user) {
        return user::get;
    }
}
