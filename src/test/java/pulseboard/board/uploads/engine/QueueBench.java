package pulseboard.board.uploads.engine;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a long queue costs: to read its list, to hold it, and to plan a stage of it. */
public final class QueueBench {

    private static final Account ACCOUNT = new Account("a", "one", "one:");
    private static final double MEBIBYTE = 1 << 20;
    private static final int SMALL = 1_000_000;
    private static final int KINDS = 4_096;

    private QueueBench() {}

    /** A list as {@code rclone lsjson} writes it, of so many files with sizes from 1 byte to some MB. */
    static Path list(Path folder, int files) throws IOException {
        Path list = folder.resolve("list.json");
        try (BufferedWriter out = Files.newBufferedWriter(list)) {
            out.write("[\n");
            for (int number = 0; number < files; number++) {
                out.write("{\"Path\":\"folder " + number % KINDS + "/a file of some length " + number
                        + ".mkv\",\"Name\":\"a file of some length "
                        + number + ".mkv\",\"Size\":" + size(number)
                        + ",\"ModTime\":\"2026-11-30T12:00:00.000000000+01:00\",\"IsDir\":false},\n");
            }
            out.write("]\n");
        }
        return list;
    }

    /** Of the file with this number. */
    static long size(int number) {
        return 1 + (long) number % KINDS * (number % 7 == 0 ? 1_000 : 1);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static double held() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEBIBYTE;
    }

    /** Prints a row. */
    public static void run(Path folder) throws IOException {
        Path list = list(folder, SMALL);
        double before = held();
        long began = System.nanoTime();
        Queue queue = Queue.read(list, entry -> true);
        double read = seconds(began);
        double memory = held() - before;
        began = System.nanoTime();
        Stage stage = StagePlanner.plan(
                        queue,
                        new Accounts.Choice(ACCOUNT, Long.MAX_VALUE, Long.MAX_VALUE),
                        new StagePlanner.Rules("fit", Long.MAX_VALUE, 4),
                        any -> true)
                .orElseThrow();
        double planned = seconds(began);
        System.out.printf(
                "%nqueue of %,d files (%.0f MiB of list): read in %.1f s, %.1f MiB held, a stage of %,d files planned in %.2f s%n",
                queue.count(), Files.size(list) / MEBIBYTE, read, memory, stage.count(), planned);
        Files.delete(list);
    }
}
