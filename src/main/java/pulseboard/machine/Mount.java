package pulseboard.machine;

/**
 * One mounted filesystem.
 *
 * @param path where it is mounted
 * @param type its type, for example {@code ext4} or {@code nfs4}
 * @param device what is mounted
 * @param access whether it can be written to
 * @param idleSeconds after how long without use it is unmounted again, by an automounter; 0 for never
 */
public record Mount(String path, String type, String device, Access access, int idleSeconds) {

    /** Whether a filesystem can be written to. */
    public enum Access {
        /** It can, as far as its type has it. */
        WRITABLE,
        /** It was mounted read-only. */
        READ_ONLY,
        /** It was mounted for writing, and the kernel has made it read-only since: it found an error. */
        FORCED_READ_ONLY
    }

    /** One that can be written to and stays. */
    public Mount(String path, String type, String device) {
        this(path, type, device, Access.WRITABLE, 0);
    }
}
