package pulseboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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

/** A scrape of {@code /metrics}: size, time and CPU, beside those of Debian's node_exporter in the same run. */
final class MetricsBench {

    static final int ROUNDS = 60;

    private static final Path EXPORTER = Path.of("target/peers/usr/bin/prometheus-node-exporter");

    /** Longer than one collection serves all. */
    private static final long APART_MILLISECONDS = 1_100;

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

        Target(String name, Process process, URI address) throws IOException, InterruptedException {
            this.name = name;
            this.process = process;
            this.address = address;
            scrape(); // Classes are loaded, files are known.
            scrape();
            micros.clear();
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

        long ticks() throws IOException {
            String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }

        void print(double secondsOfRest) throws IOException {
            double cpu = (ticks() - ticksBefore) * 10.0 / micros.size() - secondsOfRest;
            System.out.printf(
                    "%-14s %8d %10d %10.1f %10.1f %12.1f%n",
                    name, series, bytes, milliseconds(0.5), milliseconds(0.99), cpu);
        }
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Prints the table. */
    static void run(int rounds) throws IOException, InterruptedException {
        Process server = Jvm.all().get(0).startArchived();
        Process exporter = null;
        try {
            List<Target> targets = new ArrayList<>(
                    List.of(new Target("Pulseboard", server, URI.create(line(server, "http://") + "metrics"))));
            if (Files.isExecutable(EXPORTER)) {
                int port = freePort();
                exporter = new ProcessBuilder(EXPORTER.toString(), "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .start();
                line(exporter, "TLS is disabled");
                targets.add(new Target("node_exporter", exporter, URI.create("http://127.0.0.1:" + port + "/metrics")));
            }
            print(targets, rounds);
        } finally {
            server.destroy();
            if (exporter != null) {
                exporter.destroy();
            }
        }
    }

    private static void print(List<Target> targets, int rounds) throws IOException, InterruptedException {
        double atRest = restPerRound(targets.get(0));
        for (int round = 0; round < rounds; round++) {
            for (Target target : targets) {
                target.scrape();
            }
            Thread.sleep(APART_MILLISECONDS);
        }
        System.out.printf(
                "%nA scrape of /metrics, %d of each, %.1f s apart; CPU of Pulseboard less what it takes at rest%n",
                rounds, APART_MILLISECONDS / 1e3);
        System.out.printf("%-14s %8s %10s %10s %10s %12s%n", "", "series", "bytes", "p50, ms", "p99, ms", "CPU, ms");
        targets.get(0).print(atRest);
        if (targets.size() > 1) {
            targets.get(1).print(0);
            System.out.printf(
                    "%-14s %8.2f %10.2f %10.2f %10.2f%n",
                    "ratio",
                    (double) targets.get(0).series / targets.get(1).series,
                    (double) targets.get(0).bytes / targets.get(1).bytes,
                    targets.get(0).milliseconds(0.5) / targets.get(1).milliseconds(0.5),
                    targets.get(0).milliseconds(0.99) / targets.get(1).milliseconds(0.99));
        } else {
            System.out.println(EXPORTER + " is missing (make peers): nothing to compare with");
        }
    }

    /** Milliseconds of CPU in the time of one round while nobody scrapes. */
    private static double restPerRound(Target target) throws IOException, InterruptedException {
        int rounds = 20;
        long before = target.ticks();
        Thread.sleep(rounds * APART_MILLISECONDS);
        target.ticksBefore = target.ticks();
        return (target.ticksBefore - before) * 10.0 / rounds;
    }

    /** The rest of the first line from this text on. Neither program says much more. */
    private static String line(Process process, String text) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(text)) {
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
