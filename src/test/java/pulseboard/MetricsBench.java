package pulseboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scrape of {@code /metrics}: size, time and CPU, beside those of Debian's node_exporter and, where the environment variable
 * {@code BEFORE} names another jar, of the build before, in the same run. "First" are the scrapes from the start on,
 * as many as there are in an hour at 15 s, because code that ran seldom is slow; "warm" are those after them. What a program takes without scrapes is what a twin took
 * that nobody asked, over the same time: it falls while the compiler goes on.
 */
final class MetricsBench {

    private static final int FIRST = 240;
    private static final int WARM = 60;

    private static final Path EXPORTER = Path.of("target/peers/usr/bin/prometheus-node-exporter");

    /** Longer than one collection serves all. */
    private static final long APART_MILLISECONDS = 1_100;

    /** Until the starts are over. */
    private static final long SETTLE_MILLISECONDS = 5_000;

    private MetricsBench() {}

    /** What is scraped, and what came of it. */
    private static final class Target {
        private final String name;
        private final Process process;
        private final URI address;
        private final List<Long> micros = new ArrayList<>();
        private int bytes;
        private long series;
        private long ticksBefore;

        /** The same program, which nobody asks for anything: what this one takes at rest. */
        private final @Nullable Process twin;

        Target(String name, Process process, @Nullable Process twin, URI address) throws IOException {
            this.name = name;
            this.process = process;
            this.twin = twin;
            this.address = address;
            ticksBefore = ticks();
        }

        void scrape() throws IOException, InterruptedException {
            long begin = System.nanoTime();
            HttpResponse<String> answer =
                    HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
            bytes = answer.body().length();
            series = answer.body().lines().filter(line -> !line.startsWith("#")).count();
        }

        double milliseconds(double share) {
            List<Long> sorted = micros.stream().sorted().toList();
            return sorted.get((int) ((sorted.size() - 1) * share)) / 1e3;
        }

        /** Of CPU, more than the twin. */
        private long ticks() throws IOException {
            return ticks(process) - (twin == null ? 0 : ticks(twin));
        }

        private static long ticks(Process process) throws IOException {
            String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }

        /** Milliseconds of CPU for each scrape since the last call, less what the program takes at rest. */
        double cpu() throws IOException {
            long ticks = ticks();
            double used = (ticks - ticksBefore) * 10.0 / micros.size();
            ticksBefore = ticks;
            return used;
        }
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Prints the tables.
     *
     * @param measure how many scrapes are "first", and after an x how many seconds apart, such as 240x15 for a true hour; empty for 240,
     *     just longer apart than one collection serves all
     */
    static void run(String measure) throws IOException, InterruptedException {
        String[] numbers = measure.split("x", -1);
        int first = measure.isEmpty() ? FIRST : Integer.parseInt(numbers[0]);
        long apart = numbers.length > 1 ? TimeUnit.SECONDS.toMillis(Long.parseLong(numbers[1])) : APART_MILLISECONDS;
        List<Process> processes = new ArrayList<>();
        try {
            List<Target> targets = start(processes);
            Thread.sleep(SETTLE_MILLISECONDS);
            for (Target target : targets) {
                target.ticksBefore = target.ticks();
            }
            scrape(targets, first, apart, "the first");
            scrape(targets, WARM, apart, "warm, the next");
        } finally {
            processes.forEach(Process::destroy);
        }
    }

    private static List<Target> start(List<Process> processes) throws IOException, InterruptedException {
        List<Target> targets = new ArrayList<>();
        targets.add(pulseboard("this build", Jvm.all().get(0), processes));
        for (Jvm before : Jvm.before().stream().limit(1).toList()) {
            targets.add(pulseboard("build before", before, processes));
        }
        if (Files.isExecutable(EXPORTER)) {
            int port = freePort();
            Process exporter = new ProcessBuilder(EXPORTER.toString(), "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .start();
            processes.add(exporter);
            line(exporter, "TLS is disabled");
            targets.add(
                    new Target("node_exporter", exporter, null, URI.create("http://127.0.0.1:" + port + "/metrics")));
        } else {
            System.out.println(EXPORTER + " is missing (make peers): nothing to compare with");
        }
        return targets;
    }

    private static Target pulseboard(String name, Jvm jvm, List<Process> processes)
            throws IOException, InterruptedException {
        Process scraped = jvm.startArchived();
        processes.add(scraped);
        URI address = URI.create(line(scraped, "http://") + "metrics");
        Process twin = jvm.startArchived();
        processes.add(twin);
        line(twin, "http://");
        return new Target(name, scraped, twin, address);
    }

    private static void scrape(List<Target> targets, int rounds, long apart, String which)
            throws IOException, InterruptedException {
        for (Target target : targets) {
            target.micros.clear();
        }
        for (int round = 0; round < rounds; round++) {
            for (Target target : targets) {
                target.scrape();
            }
            Thread.sleep(apart);
        }
        System.out.printf(
                "%nA scrape of /metrics, %s %d of each, %.1f s apart; CPU less what its twin took that nobody scraped%n",
                which, rounds, apart / 1e3);
        System.out.printf(
                "%-14s %8s %10s %10s %10s %10s %12s%n",
                "", "series", "bytes", "p50, ms", "p99, ms", "CPU, ms", "of the last");
        List<Double> cpu = new ArrayList<>();
        for (Target target : targets) {
            cpu.add(target.cpu());
        }
        for (int index = 0; index < targets.size(); index++) {
            Target target = targets.get(index);
            System.out.printf(
                    "%-14s %8d %10d %10.1f %10.1f %10.2f %12.2f%n",
                    target.name,
                    target.series,
                    target.bytes,
                    target.milliseconds(0.5),
                    target.milliseconds(0.99),
                    cpu.get(index),
                    cpu.get(index) / cpu.get(cpu.size() - 1));
        }
    }

    /** A program that nobody reads stops at its next line once the pipe is full; node_exporter has one for each collector that fails. */
    private static void drain(BufferedReader out) {
        Thread reader = new Thread(
                () -> {
                    try {
                        out.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // It has ended.
                    }
                },
                "drain");
        reader.setDaemon(true);
        reader.start();
    }

    /** The rest of the first line from this text on. */
    private static String line(Process process, String text) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(text)) {
                drain(out);
                return line.substring(line.indexOf(text));
            }
        }
        throw new IOException("ended without a line of " + text);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
