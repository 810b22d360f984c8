package pulseboard;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pulseboard.load.Visitors;

/**
 * What the program takes after a while, on each JVM, with nobody and with five viewers that come and go, beside the build before and
 * Netdata. All run at once, so that all have the same neighbours and the same machine to look at.
 */
final class HourBench {

    private static final Path JSON = Path.of("target/bench/hour.json");
    private static final int VIEWERS = 5;
    private static final int CHANGE_SECONDS = 20;
    private static final double MIB = 1024;

    private HourBench() {}

    /** One of those that are measured. */
    private static final class Contender {
        private final String name;
        private final Process process;
        private final @Nullable Visitors visitors;
        private final List<String> cells = new ArrayList<>();
        private double before;

        Contender(String name, Process process, @Nullable Visitors visitors) {
            this.name = name;
            this.process = process;
            this.visitors = visitors;
        }

        static Contender start(Jvm jvm, int viewers) throws IOException {
            Process process = jvm.startArchived();
            String url = ProcessBench.address(process);
            return new Contender(
                    (jvm.isBefore() ? "build before" : "this build") + ", Java " + jvm.version() + ", "
                            + (viewers == 0 ? "nobody" : viewers + " viewers"),
                    process,
                    viewers == 0 ? null : new Visitors(URI.create(url), viewers));
        }

        void end() {
            if (visitors != null) {
                visitors.close();
            }
            process.destroy();
        }

        void begin() {
            before = cpuMilliseconds();
        }

        JsonObject finish(double seconds) {
            double percent = (cpuMilliseconds() - before) / seconds / 10;
            double mib = processes().mapToLong(HourBench::residentKib).sum() / MIB;
            cells.add(String.format("%7.2f %% %6.1f MiB", percent, mib));
            return JsonObject.of("name", name, "cpuPercent", percent, "residentMebibytes", mib);
        }

        private Stream<Long> processes() {
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .map(ProcessHandle::pid);
        }

        private double cpuMilliseconds() {
            return processes().mapToDouble(HourBench::cpuMilliseconds).sum();
        }
    }

    /** Measures for so many seconds after 2 minutes, half of the time, and all of it; prints a table and writes it as JSON. */
    static void run(int minutes, int seconds) throws IOException, InterruptedException {
        List<Contender> all = new ArrayList<>();
        try {
            all.add(new Contender("Netdata with its plugins, nobody", Netdata.start(), null));
            for (Jvm jvm :
                    Stream.concat(Jvm.all().stream(), Jvm.before().stream()).toList()) {
                all.add(Contender.start(jvm, 0));
                all.add(Contender.start(jvm, VIEWERS));
            }
            int[] marks = {2, minutes / 2, minutes};
            JsonArray rows = measure(all, marks, seconds);
            System.out.printf(
                    "%nCPU and resident memory over %d s, after %d, %d and %d minutes%n",
                    seconds, marks[0], marks[1], marks[2]);
            all.forEach(each -> System.out.printf("%-42s %s%n", each.name, String.join("  ", each.cells)));
            Files.writeString(JSON, rows.encodePrettily() + "\n");
        } finally {
            all.forEach(Contender::end);
        }
    }

    private static JsonArray measure(List<Contender> all, int[] marks, int seconds)
            throws IOException, InterruptedException {
        JsonArray rows = new JsonArray();
        long begin = System.nanoTime();
        for (int mark : marks) {
            long end = begin + TimeUnit.MINUTES.toNanos(mark);
            pass(all, end - TimeUnit.SECONDS.toNanos(seconds));
            all.forEach(Contender::begin);
            long began = System.nanoTime();
            pass(all, end);
            double passed = (System.nanoTime() - began) / 1e9;
            all.forEach(each -> rows.add(each.finish(passed).put("minutes", mark)));
        }
        return rows;
    }

    /** Lets the time pass; meanwhile viewers come and go. */
    private static void pass(List<Contender> all, long untilNanos) throws IOException, InterruptedException {
        for (long left = untilNanos - System.nanoTime(); left > 0; left = untilNanos - System.nanoTime()) {
            for (Contender each : all) {
                if (!each.process.isAlive()) {
                    throw new IOException(each.name + " has ended");
                }
                if (each.visitors != null) {
                    each.visitors.change();
                }
            }
            TimeUnit.NANOSECONDS.sleep(
                    Math.max(0, Math.min(untilNanos - System.nanoTime(), TimeUnit.SECONDS.toNanos(CHANGE_SECONDS))));
        }
    }

    /** Of threads that live, in nanoseconds; those of processes are told in ticks of 10 ms only, which is too coarse at rest. */
    private static double cpuMilliseconds(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.mapToLong(HourBench::cpuNanoseconds).sum() / 1e6;
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long cpuNanoseconds(Path thread) {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long residentKib(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }
}
