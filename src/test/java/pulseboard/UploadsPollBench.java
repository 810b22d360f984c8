package pulseboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pulseboard.board.uploads.RcloneTools;

/** How often rclone is asked while it uploads slowly, and what that costs it, with one viewer, with many, and beside one that nobody asks. */
final class UploadsPollBench {

    private static final int SECONDS = 20;
    private static final int POLL_MILLISECONDS = 1_000;
    private static final int MANY = 200;
    private static final double TICKS = 100;

    private UploadsPollBench() {}

    /** Prints a table. Its rclone notes each question in its log, so its CPU time is an upper bound. */
    static void run(Path folder) throws Exception {
        System.out.printf("%n%-18s %9s %15s %15s%n", "polling", "viewers", "calls a second", "its CPU, % core");
        for (RcloneTools rclone : RcloneTools.values()) {
            Path own = Files.createDirectories(folder.resolve("poll-" + rclone));
            try (PolledUploads uploads = new PolledUploads(own, rclone, POLL_MILLISECONDS)) {
                uploads.watch(1);
                row(rclone, 1, uploads);
                uploads.watch(MANY - 1);
                row(rclone, MANY, uploads);
                long pid = uploads.rclone();
                uploads.stopAsking();
                row(rclone + " not asked", 0, pid, uploads);
            }
        }
    }

    private static void row(RcloneTools rclone, int viewers, PolledUploads uploads) throws Exception {
        row(rclone.toString(), viewers, uploads.rclone(), uploads);
    }

    private static void row(String name, int viewers, long pid, PolledUploads uploads) throws Exception {
        double before = cpu(pid);
        double calls = uploads.callsPerSecond(SECONDS);
        double cpu = cpu(pid) - before;
        System.out.printf("%-18s %9d %15.2f %15.2f%n", name, viewers, calls, 100 * cpu / SECONDS);
    }

    /** Seconds, by proc_pid_stat(5). */
    private static double cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }
}
