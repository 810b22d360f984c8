package pulseboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import pulseboard.board.uploads.RcloneTools;

/**
 * How often rclone is asked while it uploads slowly, and what that costs it and the process that asks, with one viewer, with many, and
 * beside an rclone that nobody asks.
 */
final class UploadsPollBench {

    private static final int SECONDS = 60;

    /** Until the classes of a session are loaded and compiled: a session lasts hours. */
    private static final int WARM_SECONDS = 30;

    private static final int POLL_MILLISECONDS = 1_000;
    private static final int MANY = 200;
    private static final double TICKS = 100;

    private UploadsPollBench() {}

    /** Prints a table. Its rclone notes each question in its log, so its CPU time is an upper bound. */
    static void run(Path folder) throws Exception {
        System.out.printf(
                "%n%-18s %9s %15s %15s %18s%n",
                "polling", "viewers", "calls a second", "its CPU, % core", "worker CPU, % core");
        for (RcloneTools rclone : RcloneTools.values()) {
            Path own = Files.createDirectories(folder.resolve("poll-" + rclone));
            try (PolledUploads uploads = new PolledUploads(own, rclone, POLL_MILLISECONDS)) {
                TimeUnit.SECONDS.sleep(WARM_SECONDS);
                long pid = uploads.rclone();
                row(rclone.toString(), 0, pid, uploads);
                uploads.watch(1);
                row(rclone.toString(), 1, pid, uploads);
                uploads.watch(MANY - 1);
                row(rclone.toString(), MANY, pid, uploads);
                uploads.stopAsking();
                row(rclone + " not asked", 0, pid, uploads);
            }
        }
    }

    private static void row(String name, int viewers, long pid, PolledUploads uploads) throws Exception {
        double before = cpu(pid);
        double ours = cpu(uploads.worker());
        double calls = uploads.callsPerSecond(SECONDS);
        double its = cpu(pid) - before;
        ours = cpu(uploads.worker()) - ours;
        System.out.printf(
                "%-18s %9d %15.2f %15.2f %18.2f%n", name, viewers, calls, 100 * its / SECONDS, 100 * ours / SECONDS);
    }

    /** Seconds, by proc_pid_stat(5). */
    private static double cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }
}
