package pulseboard.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;

/**
 * How long the last of a hundred waits who ask at once about two years, and what it takes of the CPU: the packaged program with
 * the flags that it ships with, and other builds of it beside it, one after the other, each with the same history.
 */
final class ServedHistoryBench {

    private static final int READERS = 100;
    private static final int ROUNDS = 4;
    private static final HistoryConfig CONFIG = new HistoryConfig("", 730, 5_000, 30);

    private ServedHistoryBench() {}

    /**
     * Prints a line for each build.
     *
     * @param jars the programs
     */
    static void run(Path folder, List<String> jars) throws IOException {
        Path filled = Files.createDirectory(folder.resolve("served"));
        fill(filled);
        System.out.printf(
                "%n%-44s %20s %20s %24s%n",
                READERS + " ask at once, 600 points of two years",
                "the same: last, ms",
                "different: last, ms",
                "CPU of a different one, ms");
        for (String jar : jars) {
            Path state = Files.createDirectory(folder.resolve("state" + jars.indexOf(jar)));
            Files.copy(filled.resolve("history.mv"), state.resolve("history.mv"));
            measure(jar, state);
        }
    }

    private static void fill(Path folder) throws IOException {
        try (MVStore store = HistoryFill.open(folder.resolve("history.mv"))) {
            HistoryStore kept = new HistoryStore(store, CONFIG);
            List<String> names =
                    IntStream.range(0, READERS).mapToObj(each -> "s" + each).toList();
            new HistoryFill(kept, System.currentTimeMillis()).fill(CONFIG.days(), names, HistoryFill.hills());
            kept.close();
        }
    }

    private static void measure(String jar, Path state) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@src/main/packaging/jvm.options",
                "-jar",
                jar,
                "--port",
                "0");
        builder.environment().put("XDG_STATE_HOME", state.toString());
        builder.environment().put("PULSEBOARD_HISTORY_FOLDER", state.toString());
        Process process = builder.redirectErrorStream(true).start();
        try {
            // Not closed: that would wait for who reads the rest, who waits for the end of the process.
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String url = out.lines()
                    .filter(line -> line.contains(" is at http://"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf("http://")).replaceFirst("/*$", ""))
                    .orElseThrow();
            Thread rest = new Thread(() -> out.lines().forEach(line -> {}), "output");
            rest.setDaemon(true);
            rest.start();
            print(jar, process.toHandle(), url + "/api/boards/host/history?from=-2y&points=600&series=s");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void print(String jar, ProcessHandle process, String question) {
        double same = best(number -> question + 7);
        Duration before = cpu(process);
        AtomicInteger asked = new AtomicInteger();
        double different = best(number -> {
            asked.incrementAndGet();
            return question + number;
        });
        double each = cpu(process).minus(before).toMillis() / (double) asked.get();
        System.out.printf("%-44s %20.0f %20.0f %24.1f%n", jar, same, different, each);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** The shortest of some rounds; the first is to warm up. */
    private static double best(IntFunction<String> question) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            long start = System.nanoTime();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(question.apply(reader)))
                        .build();
                answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                if (answer.join().statusCode() != 200) {
                    throw new IllegalStateException(answer.join().body());
                }
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        return best;
    }
}
