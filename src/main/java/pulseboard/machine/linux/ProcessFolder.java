package pulseboard.machine.linux;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import pulseboard.machine.ProcessDetails;
import pulseboard.machine.ProcessDisk;
import pulseboard.machine.ProcessOrigin;

/** What the files of {@code /proc/PID} say of a process beside {@code stat}. Each is read when it is asked for. */
record ProcessFolder(Path folder) implements ProcessDetails {

    /** Of a command line only the program is looked for, which comes early; the rest stays unread. */
    private static final int MOST_BYTES = 4096;

    private static final String DENIED = "only root, or a program with CAP_SYS_PTRACE, may see it";

    @Override
    public String user() {
        try {
            return Files.getOwner(folder).getName();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public ProcessOrigin origin() {
        ControlGroupPath group = ControlGroupPath.of(text("cgroup"));
        return new ProcessOrigin(CommandLine.program(text("cmdline")), group.unit(), group.container());
    }

    private String text(String file) {
        try {
            return read(file);
        } catch (IOException e) {
            return "";
        }
    }

    private String read(String file) throws IOException {
        try (FileInputStream in = new FileInputStream(folder + "/" + file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            return Utf8.text(bytes, 0, bytes.length);
        }
    }

    /** See proc_pid_io(5). */
    @Override
    public Optional<ProcessDisk> disk() throws IOException {
        try {
            return parseDisk(read("io"));
        } catch (FileNotFoundException e) {
            if (Files.exists(folder.resolve("io"))) {
                throw new IOException(DENIED, e);
            }
            return Optional.empty(); // It has ended, or the kernel does not count.
        } catch (IOException e) {
            if (Files.exists(folder)) {
                throw new IOException(DENIED, e);
            }
            return Optional.empty();
        }
    }

    /** What was written and then deleted before it came to a disk is not counted. */
    static Optional<ProcessDisk> parseDisk(String text) {
        Words words = Words.of(text);
        long read = Numbers.UNKNOWN;
        long written = Numbers.UNKNOWN;
        long cancelled = 0;
        while (words.nextLine() && words.next()) {
            String key = words.text();
            long bytes = words.nextCount();
            switch (key) {
                case "read_bytes:" -> read = bytes;
                case "write_bytes:" -> written = bytes;
                case "cancelled_write_bytes:" -> cancelled = Math.max(0, bytes);
                default -> {}
            }
        }
        if (read < 0 && written < 0) {
            return Optional.empty();
        }
        return Optional.of(new ProcessDisk(read, written < 0 ? written : Math.max(0, written - cancelled)));
    }
}
