package pulseboard.machine.linux;

import java.io.IOException;

/**
 * {@code /proc/PID/mounts}, in the kernel's order: what is mounted as the first process sees it, because a service has a view of its
 * own, all of it read-only; and where that may not be read, as this process sees it. See proc_pid_mounts(5). It is not {@link
 * MountInfo}, which shows which mount is on which and what of a filesystem is mounted: here one line has the options of both.
 * Its lines come one after the other. Not thread-safe.
 */
public final class MountTable {

    private final KernelFile first;
    private final KernelFile own;
    private Words words = new Words();
    private Automounts automounts = new Automounts();
    private String device = "";
    private String escapedPath = "";
    private String type = "";
    private boolean isReadOnly;
    private int idleSeconds;

    /** Reads below a root folder. */
    public MountTable(Kernel kernel) {
        this.first = kernel.file("proc/1/mounts");
        this.own = kernel.file("proc/self/mounts");
    }

    /** Reads the table anew; the first mount is the next. */
    public MountTable read() throws IOException {
        Words text = first.readIfThere();
        words = text == null ? own.read() : text;
        automounts = new Automounts();
        return this;
    }

    /** Goes on to the next mount; automounters themselves and torn lines are left out. */
    public boolean next() {
        while (words.nextLine()) {
            device = nextField();
            escapedPath = nextField();
            type = nextField();
            String options = nextField();
            if (type.equals("autofs")) {
                automounts.add(escapedPath, MountOptions.timeoutSeconds(options));
            } else if (!options.isEmpty()) {
                idleSeconds = automounts.idleSeconds(escapedPath);
                isReadOnly = MountOptions.isReadOnly(options);
                return true;
            }
        }
        return false;
    }

    private String nextField() {
        words.nextField();
        return words.text();
    }

    /** What is mounted, as the kernel writes it. */
    public String device() {
        return device;
    }

    /** Where, as the kernel writes it. */
    public String escapedPath() {
        return escapedPath;
    }

    /** Where. */
    public String path() {
        return Unescaper.unescape(escapedPath);
    }

    /** The type of the filesystem. */
    public String type() {
        return type;
    }

    /** Whether nobody can write to it. */
    public boolean isReadOnly() {
        return isReadOnly;
    }

    /** After how many seconds without use an automounter unmounts it; 0 for never. */
    public int idleSeconds() {
        return idleSeconds;
    }
}
