package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.engine.Placement.Mode;
import pulseboard.board.lab.erasure.Coder;
import pulseboard.board.lab.player.Scenario;
import pulseboard.board.lab.player.Scheduler;
import pulseboard.board.lab.player.Simulation;

/** What the lab's hot paths cost, each beside a floor of the same run. */
public final class LabBench {

    private static final int MEBIBYTE = 1 << 20;
    private static final int READS = 2_000;
    private static final int AT_ONCE = 10;
    private static final int PUTS = 300;
    private static final int PUT_BYTES = 750_000;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
    private final Path folder;
    private final Engine engine;

    private LabBench(Path folder) throws IOException {
        this.folder = folder;
        engine = new Engine(
                vertx, new Engine.Setting(folder.resolve("nodes"), 5, "", 1_000, program("pulseboard.Main")));
    }

    private static List<String> program(String main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main);
    }

    /** Prints the table. */
    public static void run() throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target/bench").toAbsolutePath(), "lab");
        LabBench bench = new LabBench(folder);
        System.out.printf("%n%-52s %14s %14s %9s   %s%n", "streaming lab", "measured", "floor", "ratio", "goal");
        coder();
        simulated();
        try {
            bench.on(bench.engine::start);
            bench.reads();
            bench.puts();
            bench.messages();
        } finally {
            bench.on(bench.engine::stop);
            bench.vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
    }

    private <T> T on(Callable<Future<T>> task) throws Exception {
        return Future.<T>future(promise -> vertx.runOnContext(begun -> {
                    try {
                        task.call().onComplete(promise);
                    } catch (Exception e) {
                        promise.fail(e);
                    }
                }))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.MINUTES);
    }

    private record Row(String what, String measured, String floor, double ratio, String goal) {

        private void print() {
            System.out.printf(Locale.ROOT, "%-52s %14s %14s %9.2f   %s%n", what, measured, floor, ratio, goal);
        }
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Encoding two MiB, beside the exclusive or of three arrays of a third of that. */
    private static void coder() {
        byte[] data = new byte[2 * MEBIBYTE];
        new Random(1).nextBytes(data);
        double encode = data.length / best(() -> Coder.encode(data)[4][0], 400) / 1e9;
        byte[][] parts = Arrays.copyOf(Coder.encode(data), 3);
        double xor = data.length / best(() -> xor(parts)[0], 400) / 1e9;
        new Row(
                        "encode 2 MiB in 5 fragments",
                        text("%.2f GB/s", encode),
                        text("xor %.2f", xor),
                        encode / xor,
                        ">= 2 GB/s")
                .print();
    }

    private static byte[] xor(byte[][] parts) {
        byte[] sum = new byte[parts[0].length];
        for (int at = 0; at < sum.length; at++) {
            sum[at] = (byte) (parts[0][at] ^ parts[1][at] ^ parts[2][at]);
        }
        return sum;
    }

    /** Seconds of the best tenth of many runs. */
    private static double best(Supplier<Byte> task, int runs) {
        double[] seconds = new double[runs];
        long kept = 0;
        for (int run = 0; run < runs; run++) {
            long began = System.nanoTime();
            kept += task.get();
            seconds[run] = (System.nanoTime() - began) / 1e9;
        }
        if (kept == Long.MIN_VALUE) {
            throw new IllegalStateException(); // It never is; the compiler does not know.
        }
        return BenchResult.percentile(seconds, 10);
    }

    private static void simulated() {
        List<String> nodes = List.of("n1", "n2", "n3", "n4", "n5");
        double played = 0;
        long began = 0;
        for (int seed = 0; seed < 600; seed++) {
            if (seed == 200) {
                began = System.nanoTime(); // Compiled by now.
            }
            Scenario scenario = Scenario.of("chaos", nodes, seed);
            Simulation.play(new Simulation.Setting(Measurements.setup(), Scheduler.Kind.SCORE, nodes, scenario, seed));
            played += seed >= 200 ? scenario.seconds() : 0;
        }
        double speed = played / ((System.nanoTime() - began) / 1e9);
        new Row("a simulated player, chaos", text("%.0f x", speed), "real time", speed, ">= 2000").print();
    }

    /** Chunks of one MiB, ten at once, from a node and from a server that does nothing but send a file. Both are processes of their own. */
    private void reads() throws Exception {
        byte[] data = new byte[MEBIBYTE];
        new Random(2).nextBytes(data);
        Located chunk = on(
                () -> engine.parts().uploads().put(new Uploads.Chunk("one-mib", 1, Mode.REPLICATED, data), "up", true));
        String node = chunk.placement().nodes().get(0);
        Path file = Files.write(folder.resolve("floor.bin"), data);
        Process bare = new ProcessBuilder(withOptions(file))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("floor.log").toFile())
                .start();
        try {
            Path portFile = folder.resolve("floor.port");
            for (int look = 0; look < 600 && !Files.exists(portFile); look++) {
                Thread.sleep(50);
            }
            int port = Integer.parseInt(Files.readString(portFile).strip());
            HttpClient client = NodeClient.http(vertx, AT_ONCE);
            double best = 0;
            double floor = 0;
            for (int round = 0; round < 4; round++) {
                best = Math.max(best, rate(client, engine.parts().cluster().port(node), "/chunks/one-mib/1"));
                floor = Math.max(floor, rate(client, port, "/"));
            }
            new Row(
                            "read 1 MiB, 10 at once",
                            text("%.0f MB/s", best),
                            text("sendFile %.0f", floor),
                            best / floor,
                            ">= 0.7")
                    .print();
        } finally {
            bare.destroy();
        }
    }

    private List<String> withOptions(Path file) {
        List<String> command = new ArrayList<>(NodeProcess.withOptions(program(LabFloor.class.getName())));
        command.add(file.toString());
        command.add(folder.resolve("floor.port").toString());
        return command;
    }

    private double rate(HttpClient client, int port, String path) throws Exception {
        long began = System.nanoTime();
        on(() -> {
            List<Future<?>> chains = new ArrayList<>();
            for (int n = 0; n < AT_ONCE; n++) {
                chains.add(read(client, port, path, READS / AT_ONCE));
            }
            return Future.all(chains).mapEmpty();
        });
        return (double) READS * MEBIBYTE / ((System.nanoTime() - began) / 1e9) / 1e6;
    }

    private Future<?> read(HttpClient client, int port, String path, int left) {
        if (left == 0) {
            return Future.succeededFuture();
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .putHeader("Authorization", "Bearer " + engine.parts().cluster().token());
        return client.request(options)
                .compose(request -> request.send())
                .compose(response -> response.body())
                .compose(body -> read(client, port, path, left - 1));
    }

    private void puts() throws Exception {
        double[] forces = new double[PUTS];
        byte[] data = new byte[PUT_BYTES];
        try (FileChannel channel =
                FileChannel.open(folder.resolve("force.bin"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int n = 0; n < PUTS; n++) {
                long began = System.nanoTime();
                channel.write(ByteBuffer.wrap(data));
                channel.force(false);
                forces[n] = (System.nanoTime() - began) / 1e6;
            }
        }
        double[] puts = new double[PUTS];
        Random random = new Random(3);
        for (int n = 0; n < PUTS; n++) {
            random.nextBytes(data);
            byte[] mine = data.clone();
            String name = "put-" + n;
            long began = System.nanoTime();
            on(() -> engine.parts().uploads().put(new Uploads.Chunk(name, 1, Mode.REPLICATED, mine), "up", true));
            puts[n] = (System.nanoTime() - began) / 1e6;
        }
        double put =
                BenchResult.percentile(Arrays.copyOfRange(puts, PUTS / 2, PUTS), 50); // The nodes are compiled by then.
        double force = BenchResult.percentile(forces, 50);
        new Row(
                        "put 0.75 MB, three copies on disk, p50",
                        text("%.1f ms", put),
                        text("force %.1f", force),
                        put / force,
                        "<= 3")
                .print();
    }

    private void messages() throws Exception {
        JsonObject own = on(() -> engine.act("rehearse", new JsonObject().put("scenario", "normal")));
        int fast = Objects.requireNonNull(own.getJsonObject("head").getInteger("messages"));
        new Row("messages for a chunk of its owner's", String.valueOf(fast), "classic 12", fast / 12.0, "6").print();
    }
}
