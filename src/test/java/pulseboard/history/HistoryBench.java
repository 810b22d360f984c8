package pulseboard.history;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import pulseboard.feed.Addresses;
import pulseboard.feed.FeedReader;
import pulseboard.feed.KeptNumbers;

/** What the history costs: room on disk, CPU of writing it, and the time of an answer. */
public final class HistoryBench {

    private static final String JAR = "target/pulseboard.jar";
    private static final int HOUR = 3_600;
    private static final int READERS = 100;
    private static final int ROUNDS = 50;
    private static final HistoryConfig CONFIG = new HistoryConfig("", 730, 5_000, 30);
    private static final List<String> SPANS = List.of("-15m", "-6h", "-7d", "-2y");

    private HistoryBench() {}

    /**
     * Prints the tables.
     *
     * @param other the jar of another build, to be measured beside this one; empty if there is none
     */
    public static void run(String other) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of("target"), "history");
        for (int series : new int[] {300, 3_000}) {
            write(Files.createDirectory(folder.resolve("write" + series)), series);
        }
        Path filled = Files.createDirectory(folder.resolve("filled"));
        room(filled, 300);
        ask(filled);
        ServedHistoryBench.run(folder, other.isEmpty() ? List.of(JAR) : List.of(other, JAR));
    }

    /** An hour in which every number changes every second, after one to warm up; the floor appends the same bytes to a file. */
    private static void write(Path folder, int series) throws IOException {
        Random random = new Random(1);
        ResilientStore keeper = new ResilientStore(folder, CONFIG, Runnable::run);
        FeedReader board = new FeedReader(
                new BoardRecorder("host", keeper, KeptNumbers.of("**").atMost(CONFIG.maxSeries())));
        JsonObject snapshot = new JsonObject().put("epoch", "e").put("seq", 0L).put("at", MadeHistory.BEGIN);
        board.snapshot(snapshot.put("state", new JsonObject()));
        long nanos = 0;
        for (int second = 1; second <= 2 * HOUR; second++) {
            JsonObject patch = new JsonObject();
            IntStream.range(0, series).forEach(each -> patch.put("s" + each, random.nextInt(1000) / 10.0));
            JsonObject change = new JsonObject()
                    .put("epoch", "e")
                    .put("seq", (long) second)
                    .put("at", MadeHistory.BEGIN + second * 1_000L)
                    .put("patch", patch);
            long start = cpuNanos();
            board.change(change);
            nanos += second > HOUR ? cpuNanos() - start : 0;
        }
        keeper.close();
        double percent = nanos / 1e9 / HOUR * 100;
        double floor = append(folder.resolve("floor"), series) / 1e9 / HOUR * 100;
        System.out.printf(
                "%nWriting %,d series, all of which change each second: %.3f %% of a core; floor, the same rows appended to a file: "
                        + "%.3f %%; ratio %.0f%n",
                series, percent, floor, percent / floor);
    }

    private static long append(Path file, int series) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = cpuNanos();
            for (int row = 0; row < HOUR / 5; row++) {
                channel.write(ByteBuffer.allocate(series * 16));
            }
            return cpuNanos() - start;
        }
    }

    private static void room(Path folder, int series) throws IOException {
        Path file = folder.resolve("history.mv");
        try (MVStore store = HistoryFill.open(file)) {
            HistoryStore kept = new HistoryStore(store, CONFIG);
            List<String> names =
                    IntStream.range(0, series).mapToObj(each -> "s" + each).toList();
            new HistoryFill(kept, System.currentTimeMillis()).fill(CONFIG.days(), names, HistoryFill.hills());
            store.compactFile(Integer.MAX_VALUE);
            kept.close();
        }
        long rows = Tier.of(CONFIG).stream()
                .mapToLong(tier -> tier.keptMilliseconds() / tier.stepMilliseconds())
                .sum();
        double floor = (double) rows * series * 3 * Float.BYTES;
        System.out.printf(
                "%nTwo years of %d noisy series on disk: %.1f MB, %.0f kB each; floor, the bare numbers: %.1f MB; ratio %.2f%n",
                series, Files.size(file) / 1e6, Files.size(file) / 1e3 / series, floor / 1e6, Files.size(file) / floor);
    }

    /** One series, 600 points; alone, and for one of many who ask at the same time. The floor is to write the answer as text. */
    private static void ask(Path folder) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        ResilientStore keeper = new ResilientStore(folder, CONFIG, Runnable::run);
        HistoryQueries history = new HistoryQueries(
                "host", new BoardRecorder("host", keeper, KeptNumbers.NONE), keeper, System::currentTimeMillis);
        vertx.eventBus()
                .<JsonObject>consumer(
                        Addresses.history("host"), request -> request.reply(history.answer(request.body())));
        System.out.printf(
                "%n%-24s %12s %12s %8s %24s%n",
                "600 points of a series", "ms", "floor", "ratio", "the last of 100, ms");
        for (String span : SPANS) {
            JsonObject question = new JsonObject().put("series", "s7").put("from", span);
            QueryResult answer = history.ask(question, HistoryQueries.MOST_BUCKETS);
            double own = mean(
                    () -> history.ask(question, HistoryQueries.MOST_BUCKETS).toJson(Integer.MAX_VALUE));
            double floor = mean(() -> answer.toJson(Integer.MAX_VALUE));
            System.out.printf(
                    "%-24s %12.2f %12.2f %8.1f %24.1f%n", span, own, floor, own / floor, together(vertx, question));
        }
        vertx.close();
        keeper.close();
    }

    private static double mean(Runnable work) {
        List<Long> took = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            work.run();
            took.add(System.nanoTime() - start);
        }
        return took.subList(ROUNDS / 2, ROUNDS).stream()
                        .mapToLong(nanos -> nanos)
                        .average()
                        .orElseThrow()
                / 1e6;
    }

    private static double together(Vertx vertx, JsonObject question) throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(READERS);
        long start = System.nanoTime();
        for (int reader = 0; reader < READERS; reader++) {
            vertx.eventBus()
                    .request(Addresses.history("host"), question, new DeliveryOptions())
                    .onSuccess(answer -> answered.countDown());
        }
        answered.await();
        return (System.nanoTime() - start) / 1e6;
    }

    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadCpuTime();
    }
}
