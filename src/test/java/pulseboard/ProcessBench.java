package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The whole program as it ships, in a process of its own: start, memory, CPU at rest, bytes to a viewer. */
final class ProcessBench {

    private static final int WARM_UP_SECONDS = 20;

    private static final double KIB = 1024;
    private static final String EMPTY_CHANGE = "{'type':'rec','address':'board.host.changes',"
            + "'body':{'epoch':'12345678','seq':1234,'at':1732230000000,'patch':{}}}";

    private ProcessBench() {}

    /** Prints the table and returns the host board's state, as the other benches want a real one. */
    static JsonObject run(int seconds) throws IOException, InterruptedException {
        startTimes();
        Process idle = start(List.of("-cp", System.getProperty("java.class.path"), Idle.class.getName()));
        Process server = start(
                List.of("-XX:SharedArchiveFile=target/pulseboard.jsa", "-jar", "target/pulseboard.jar", "--port", "0"));
        try {
            String url = address(server);
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            double floor = cpuPercent(idle, seconds);
            double alone = cpuPercent(server, seconds);
            long aloneKib = residentKib(server);
            AtomicLong bytes = new AtomicLong();
            AtomicLong frames = new AtomicLong();
            watch(url, bytes, frames).join();
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            bytes.set(0);
            frames.set(0);
            double watched = cpuPercent(server, seconds);
            System.out.printf("%nAt rest, over %d s each; floor: a Java process that wakes once a second%n", seconds);
            System.out.printf("%-48s %10s %10s%n", "", "measured", "floor");
            row("CPU, 0 viewers, % of one core", alone, floor);
            row("CPU, 1 viewer, % of one core", watched, floor);
            row("resident memory, 0 viewers, MiB", aloneKib / KIB, residentKib(idle) / KIB);
            row("resident memory, 1 viewer, MiB", residentKib(server) / KIB, residentKib(idle) / KIB);
            double second = seconds;
            row(
                    "bytes a second to one viewer; floor: all empty",
                    bytes.get() / second,
                    frames.get() * EMPTY_CHANGE.length() / second);
            return Bench.get(url + "api/boards/host").getJsonObject("state");
        } finally {
            server.destroy();
            idle.destroy();
        }
    }

    private static void row(String label, double measured, double floor) {
        System.out.printf("%-48s %10.2f %10.2f%n", label, measured, floor);
    }

    private static void startTimes() throws IOException, InterruptedException {
        System.out.printf("%nStart, milliseconds, median of 5; floor: an empty Java program%n");
        List<Long> floor = new ArrayList<>();
        List<Long> listening = new ArrayList<>();
        List<Long> change = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            long begin = System.nanoTime();
            start(List.of("-cp", System.getProperty("java.class.path"), Idle.class.getName(), "end"))
                    .waitFor();
            floor.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            begin = System.nanoTime();
            Process server = start(List.of(
                    "-XX:SharedArchiveFile=target/pulseboard.jsa", "-jar", "target/pulseboard.jar", "--port", "0"));
            String url = address(server);
            listening.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            AtomicLong bytes = new AtomicLong();
            AtomicLong frames = new AtomicLong();
            watch(url, bytes, frames).join();
            while (frames.get() == 0) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            change.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            server.destroy();
            server.waitFor();
        }
        row("until it listens", median(listening), median(floor));
        row("until a viewer has the first pushed change", median(change), median(floor));
    }

    private static double median(List<Long> values) {
        return (double)
                values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("java", "@src/main/packaging/jvm.options"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String address(Process server) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("http://")) {
                return line.substring(line.indexOf("http://"));
            }
        }
        throw new IOException("the server did not start");
    }

    private static CompletableFuture<WebSocket> watch(String url, AtomicLong bytes, AtomicLong frames) {
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
                bytes.addAndGet(data.remaining());
                frames.incrementAndGet();
                socket.request(1);
                return CompletableFuture.completedFuture(null);
            }
        };
        URI uri = URI.create(url.replace("http", "ws") + "eventbus/websocket");
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, listener)
                .thenCompose(
                        socket -> socket.sendText("{\"type\":\"register\",\"address\":\"board.host.changes\"}", true));
    }

    private static double cpuPercent(Process process, int seconds) throws IOException, InterruptedException {
        long before = cpuMilliseconds(process);
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double milliseconds = (System.nanoTime() - begin) / 1e6;
        return (cpuMilliseconds(process) - before) / milliseconds * 100;
    }

    private static long cpuMilliseconds(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }

    private static long residentKib(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** The floor: a Java process that wakes once a second and does nothing. */
    static final class Idle {
        private Idle() {}

        /** Goes on until it is ended; ends at once when given any argument. */
        public static void main(String[] arguments) throws InterruptedException {
            while (arguments.length == 0) {
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }
}
