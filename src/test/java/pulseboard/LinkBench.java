package pulseboard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.NewToken;

/**
 * What a change costs that comes by a link: 200 machines, each of which changes four times a second, nobody looks. The floor is a
 * bare server that counts the same frames. CPU of the whole process, less what it takes while all are linked and silent.
 */
final class LinkBench {

    private static final int AGENTS = 200;
    private static final long EVERY_MILLISECONDS = 250;
    private static final int SECONDS = 10;

    private LinkBench() {}

    static void run() throws IOException, InterruptedException {
        Jvm jvm = Jvm.all().get(0);
        Path state = Files.createTempDirectory(Path.of("target/bench").toAbsolutePath(), "hub");
        List<String> tokens = tokens(state.resolve("pulseboard"), AGENTS);
        double floor = measure(jvm.startClass(LinkFloor.class), tokens, EVERY_MILLISECONDS);
        ProcessBuilder hub = new ProcessBuilder(
                jvm.java().toString(),
                "@" + jvm.options(),
                "-XX:SharedArchiveFile=" + jvm.archive(),
                "-jar",
                jvm.jar().toString(),
                "--port",
                "0");
        hub.environment().putAll(Map.of("XDG_STATE_HOME", state.toString(), "PULSEBOARD_FLEET_ACCEPT", "true"));
        double ours = measure(hub.redirectError(ProcessBuilder.Redirect.DISCARD).start(), tokens, EVERY_MILLISECONDS);
        System.out.printf(
                "%nA change of 255 bytes that comes by a link, %d machines, %d a second each, nobody looks: %.1f µs of CPU; floor,"
                        + " the same frames counted: %.1f µs; ratio %.1f%n",
                AGENTS, 1_000 / EVERY_MILLISECONDS, ours, floor, ours / floor);
    }

    static List<String> tokens(Path folder, int count) throws IOException {
        List<String> secrets = new ArrayList<>();
        List<NewToken> tokens = new ArrayList<>();
        for (int agent = 0; agent < count; agent++) {
            tokens.add(NewToken.of("agent" + agent, null, Set.of("publish:agent" + agent), Long.MAX_VALUE));
            secrets.add(tokens.get(agent).secret());
        }
        new AccountsFile(folder).update(accounts -> {
            var all = accounts;
            for (NewToken token : tokens) {
                all = token.addTo(all);
            }
            return all;
        });
        return secrets;
    }

    /** Microseconds of CPU for each change. */
    static double measure(Process server, List<String> tokens, long everyMilliseconds)
            throws IOException, InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            Agents agents = new Agents(vertx, address(server), tokens, everyMilliseconds);
            TimeUnit.SECONDS.sleep(SECONDS / 2);
            agents.isSending = true;
            TimeUnit.SECONDS.sleep(2L * SECONDS); // Compiled by then.
            long sentBefore = agents.sent.get();
            long busyBefore = cpuMicros(server);
            TimeUnit.SECONDS.sleep(SECONDS);
            long busy = cpuMicros(server) - busyBefore;
            long sent = agents.sent.get() - sentBefore;
            agents.isSending = false;
            TimeUnit.SECONDS.sleep(1);
            long quietBefore = cpuMicros(server);
            TimeUnit.SECONDS.sleep(SECONDS);
            return (busy - (cpuMicros(server) - quietBefore)) / (double) sent;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            server.destroyForcibly();
        }
    }

    static URI address(Process server) throws IOException {
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(" is at http://")) {
                return URI.create(line.substring(line.indexOf("http://")));
            }
        }
        throw new IOException("ended before it listened");
    }

    static long cpuMicros(Process process) {
        return TimeUnit.NANOSECONDS.toMicros(
                process.toHandle().info().totalCpuDuration().orElseThrow().toNanos());
    }

    /** All machines, on one event loop. */
    static final class Agents {

        private final AtomicLong sent = new AtomicLong();
        private final WebSocketClient client;
        private volatile boolean isSending;

        private final long everyMilliseconds;

        Agents(Vertx vertx, URI server, List<String> tokens, long everyMilliseconds) {
            this.everyMilliseconds = everyMilliseconds;
            client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(tokens.size()));
            List<Future<?>> opened = new ArrayList<>();
            for (String token : tokens) {
                WebSocketConnectOptions options = new WebSocketConnectOptions()
                        .setHost(server.getHost())
                        .setPort(server.getPort())
                        .setURI("/api/agents/link")
                        .addSubProtocol("pulseboard.agent.1")
                        .putHeader("Authorization", "Bearer " + token);
                opened.add(client.connect(options).onSuccess(socket -> begin(vertx, socket)));
            }
            Future.all(opened).toCompletionStage().toCompletableFuture().join();
        }

        long sent() {
            return sent.get();
        }

        /** From now on they send. */
        void begin() {
            isSending = true;
        }

        private void begin(Vertx vertx, WebSocket socket) {
            socket.writeTextMessage(JsonObject.of("type", "hello", "version", "1", "protocol", 1)
                    .put("boards", JsonObject.of("host", JsonObject.of("title", "Host", "kind", "host")))
                    .encode());
            socket.writeTextMessage(
                    "{\"type\":\"snapshot\",\"board\":\"host\",\"epoch\":\"e\",\"seq\":0,\"at\":1,\"state\":{}}");
            Random random = new Random(socket.hashCode());
            long[] seq = {0};
            vertx.setTimer(
                    1 + random.nextInt((int) everyMilliseconds),
                    begun -> vertx.setPeriodic(everyMilliseconds, id -> {
                        if (isSending) {
                            socket.writeTextMessage(change(++seq[0], random));
                            sent.incrementAndGet();
                        }
                    }));
        }

        private static String change(long seq, Random random) {
            return "{\"type\":\"change\",\"board\":\"host\",\"epoch\":\"e\",\"seq\":" + seq
                    + ",\"at\":1732230000000,\"patch\":{\"cpu\":{\"busyPercent\":" + random.nextInt(1_000) / 10.0
                    + ",\"cores\":{\"0\":{\"busyPercent\":" + random.nextInt(100) + "},\"1\":{\"busyPercent\":"
                    + random.nextInt(100) + "}}},\"memory\":{\"availableBytes\":" + random.nextInt(2_000_000_000)
                    + "},\"network\":{\"receivedBytesPerSecond\":" + random.nextInt(1_000_000) + "}}}";
        }
    }
}
