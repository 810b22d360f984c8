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
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** The whole program as it ships, in a process of its own: start, memory, CPU at rest, bytes to a viewer; on each JVM. */
final class ProcessBench {

    private static final Path JSON = Path.of("target/bench/rest.json");
    private static final int STARTS = 5;
    private static final int WARM_UP_SECONDS = 60;

    private static final double KIB = 1024;
    private static final String EMPTY_CHANGE = "{'type':'rec','address':'board.host.changes',"
            + "'body':{'epoch':'12345678','seq':1234,'at':1732230000000,'patch':{}}}";

    private ProcessBench() {}

    /** Prints the tables, writes them as JSON, and returns the host board's state, as the other benches want a real one. */
    static JsonObject run(int seconds) throws IOException, InterruptedException {
        List<Jvm> jvms = Jvm.all();
        Figures starts = new Figures();
        for (Jvm jvm : jvms) {
            addStarts(starts, jvm);
        }
        starts.print("Start, milliseconds, median of " + STARTS + "; floor: an empty Java program");
        Figures rest = new Figures();
        List<Running> all = new ArrayList<>();
        try {
            for (Jvm jvm : jvms) {
                all.add(Running.start(jvm));
            }
            measureRest(rest, all, seconds);
            rest.print("At rest, over " + seconds + " s each; floor: a Java process that wakes once a second");
            JsonObject both = JsonObject.of("seconds", seconds, "start", starts.toJson(), "rest", rest.toJson());
            Files.writeString(
                    JSON,
                    both.put("cores", Runtime.getRuntime().availableProcessors())
                                    .encodePrettily() + "\n");
            return Bench.get(all.get(0).url + "api/boards/host").getJsonObject("state");
        } finally {
            all.forEach(Running::end);
        }
    }

    private static void addStarts(Figures figures, Jvm jvm) throws IOException, InterruptedException {
        List<Long> floor = new ArrayList<>();
        List<Start> archived = new ArrayList<>();
        List<Start> plain = new ArrayList<>();
        for (int round = 0; round < STARTS; round++) {
            long begin = System.nanoTime();
            jvm.startClass(Idle.class, "end").waitFor();
            floor.add(millisecondsSince(begin));
            archived.add(Start.measure(jvm::startArchived));
            plain.add(Start.measure(jvm::startPlain));
        }
        ToDoubleFunction<ToLongFunction<Start>> ofArchived =
                each -> median(archived.stream().mapToLong(each));
        ToDoubleFunction<ToLongFunction<Start>> ofPlain =
                each -> median(plain.stream().mapToLong(each));
        double least = median(floor.stream().mapToLong(Long::longValue));
        figures.add("until it listens, with the archive", jvm, ofArchived.applyAsDouble(Start::listening), least);
        figures.add("until it listens, without", jvm, ofPlain.applyAsDouble(Start::listening), least);
        figures.add(
                "until a viewer has a change, with the archive", jvm, ofArchived.applyAsDouble(Start::change), least);
        figures.add("until a viewer has a change, without", jvm, ofPlain.applyAsDouble(Start::change), least);
    }

    /** Milliseconds until the program listens, and until a viewer has the first pushed change. */
    private record Start(long listening, long change) {

        private interface Starter {
            Process start() throws IOException;
        }

        static Start measure(Starter starter) throws IOException, InterruptedException {
            long begin = System.nanoTime();
            Process server = starter.start();
            try {
                String url = address(server);
                long listening = millisecondsSince(begin);
                AtomicLong frames = new AtomicLong();
                watch(url, new AtomicLong(), frames).join();
                while (frames.get() == 0) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                return new Start(listening, millisecondsSince(begin));
            } finally {
                server.destroy();
                server.waitFor();
            }
        }
    }

    /** All at once, so that a second JVM takes no more time, and both have the same neighbours. */
    private static void measureRest(Figures figures, List<Running> all, int seconds)
            throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        rest(figures, all, seconds, "0 viewers");
        for (Running each : all) {
            watch(each.url, each.bytes, each.frames).join();
        }
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        for (Running each : all) {
            each.bytes.set(0);
            each.frames.set(0);
        }
        rest(figures, all, seconds, "1 viewer");
        double second = seconds;
        for (Running each : all) {
            double floor = each.frames.get() * EMPTY_CHANGE.length() / second;
            figures.add("bytes a second to one viewer; floor: all empty", each.jvm, each.bytes.get() / second, floor);
        }
    }

    private static void rest(Figures figures, List<Running> all, int seconds, String viewers)
            throws IOException, InterruptedException {
        for (Running each : all) {
            each.begin();
        }
        TimeUnit.SECONDS.sleep(seconds);
        for (Running each : all) {
            each.add(figures, viewers);
        }
    }

    /** The program on one JVM, and the floor beside it on the same. */
    private static final class Running {
        private final Jvm jvm;
        private final Process idle;
        private final Process server;
        private final String url;
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong frames = new AtomicLong();
        private long beganNanos;
        private long idleBefore;
        private long serverBefore;

        private Running(Jvm jvm, Process idle, Process server, String url) {
            this.jvm = jvm;
            this.idle = idle;
            this.server = server;
            this.url = url;
        }

        static Running start(Jvm jvm) throws IOException {
            Process idle = jvm.startClass(Idle.class);
            Process server = jvm.startArchived();
            return new Running(jvm, idle, server, address(server));
        }

        void begin() throws IOException {
            idleBefore = cpuMilliseconds(idle);
            serverBefore = cpuMilliseconds(server);
            beganNanos = System.nanoTime();
        }

        void add(Figures figures, String viewers) throws IOException {
            double passed = (System.nanoTime() - beganNanos) / 1e6 / 100;
            double floor = (cpuMilliseconds(idle) - idleBefore) / passed;
            figures.add(
                    "CPU, " + viewers + ", % of one core",
                    jvm,
                    (cpuMilliseconds(server) - serverBefore) / passed,
                    floor);
            figures.add(
                    "resident memory, " + viewers + ", MiB", jvm, residentKib(server) / KIB, residentKib(idle) / KIB);
        }

        void end() {
            server.destroy();
            idle.destroy();
        }
    }

    private static long millisecondsSince(long beginNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
    }

    private static double median(LongStream values) {
        return values.sorted().skip(STARTS / 2).findFirst().orElseThrow();
    }

    static String address(Process server) throws IOException {
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
