package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While a link is cut the machine goes on, and afterwards the hub has what the machine has. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackfillProgramTest {

    private static final long STEP = 10_000;

    private record Span(long from, long to) {

        int rows() {
            return (int) ((to - from) / STEP);
        }

        /** From a moment on, as long as a test may wait. */
        static Span since(long from) {
            return new Span(from, from + 120_000);
        }
    }

    private static final List<String> KINDS = List.of("min", "average", "max");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path settings;

    @BeforeEach
    void haveAMachineOfItsOwn() throws IOException {
        settings = Files.createDirectory(folder.resolve("machine")).resolve("pulseboard.yaml");
        Files.writeString(settings, "");
    }

    private Map<String, String> ofTheHub(String keep) {
        return Map.of(
                "XDG_STATE_HOME",
                folder.resolve("hub").toString(),
                "PULSEBOARD_FLEET_ACCEPT",
                "true",
                "PULSEBOARD_FLEET_KEEP",
                keep);
    }

    private Map<String, String> ofTheMachine() {
        return Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    private String get(URI server, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200 ? answer.body() : "";
    }

    /** The rows of 10 s, by series and time: the lowest, the mean and the highest. */
    private Map<String, Map<Long, List<Object>>> rows(URI server, String board, String series, Span span)
            throws IOException, InterruptedException {
        long from = span.from;
        long to = span.to;
        String query = "?series=" + series + "&from=" + from + "&to=" + to + "&points=" + (to - from) / STEP;
        String body = get(server, "/api/boards/" + board + "/history" + query);
        Map<String, Map<Long, List<Object>>> all = new TreeMap<>();
        JsonObject answer = new JsonObject(body.isEmpty() ? "{\"series\":{}}" : body);
        JsonObject columns = answer.getJsonObject("series");
        for (String name : columns.fieldNames()) {
            List<JsonArray> kinds = KINDS.stream()
                    .map(columns.getJsonObject(name)::getJsonArray)
                    .toList();
            Map<Long, List<Object>> known = new TreeMap<>();
            for (int row = 0; row < (to - from) / STEP; row++) {
                int at = row;
                if (kinds.get(1).getValue(row) != null) {
                    known.put(
                            from + row * STEP,
                            kinds.stream().map(kind -> kind.getValue(at)).toList());
                }
            }
            if (!known.isEmpty()) {
                all.put(name, known);
            }
        }
        return all;
    }

    private int count(URI server, String board, String series, Span span) throws IOException, InterruptedException {
        return rows(server, board, series, span).values().stream()
                .mapToInt(Map::size)
                .sum();
    }

    private static long floor(long at) {
        return at / STEP * STEP;
    }

    private Program.End command(Map<String, String> environment, String... words) throws Exception {
        try (Program command = Program.start(environment, words)) {
            return command.awaitEnd();
        }
    }

    private void join(String keep, URI hub) throws Exception {
        List<String> invited = command(ofTheHub(keep), "fleet", "invite", "--address", hub.toString())
                .out();
        String code = invited.get(invited.size() - 1).replaceFirst(".* ", "");
        Program.End joined = command(
                ofTheMachine(), "join", "--config", settings.toString(), "--name", "web1", hub.toString(), code);
        assertEquals(0, joined.code(), joined.errors().toString());
    }

    private long metric(URI server, String name) throws IOException, InterruptedException {
        return get(server, "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    /** All boards, by a hub that is killed. */
    @Test
    void everyRowOfTheTimeOfAKilledHubIsThatOfTheMachineItself() throws Exception {
        String file = settings.toString();
        Program hub = Program.start(ofTheHub("all"), "--port", "0");
        try (Program machine = Program.start(ofTheMachine(), "--config", file, "--port", "0")) {
            URI there = hub.awaitAddress();
            URI own = machine.awaitAddress();
            join("all", there);
            long begin = floor(System.currentTimeMillis());
            Until.isTrue("two rows", () -> count(there, "web1/host", "cpu.busyPercent", Span.since(begin)) >= 2);
            assertEquals(0, metric(there, "pulseboard_fleet_backfilled_rows_total"));
            hub.signal("KILL");
            hub.close();
            long cut = floor(System.currentTimeMillis());
            Until.isTrue("the machine goes on", () -> count(own, "host", "cpu.busyPercent", Span.since(cut)) >= 5);
            long back = floor(System.currentTimeMillis());
            hub = Program.start(ofTheHub("all"), "--port", Integer.toString(there.getPort()));
            hub.awaitAddress();
            Until.isTrue("filled", () -> metric(there, "pulseboard_fleet_backfilled_rows_total") > 0);
            assertFilled(there, own, new Span(cut, back));
            assertEquals(0, metric(there, "pulseboard_fleet_refused_rows_total"));
        } finally {
            hub.close();
        }
    }

    private void assertFilled(URI hub, URI own, Span gap) throws Exception {
        Map<String, Map<Long, List<Object>>> truth = rows(own, "host", "*", gap);
        assertTrue(truth.size() > 20, truth.keySet()::toString);
        Until.isTrue("all of it", () -> rows(hub, "web1/host", "*", gap).equals(truth));
        Map<Long, List<Object>> figure =
                rows(hub, "fleet", "hosts.web1.cpuBusyPercent", gap).get("hosts.web1.cpuBusyPercent");
        assertEquals(truth.get("cpu.busyPercent"), figure);
        assertEquals(gap.rows(), count(own, "host", "cpu.busyPercent", gap), "none is missing");
    }

    /** The figures of the list, by a cut between an agent and a hub that goes on, and shows the last that it knew for a while. */
    @Test
    void everyRowOfTheTimeOfACutIsThatOfTheAgentItself() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Program hub = Program.start(ofTheHub("summary"), "--port", "0")) {
            URI there = hub.awaitAddress();
            Cable cable = new Cable(vertx, there.getPort());
            join("summary", URI.create("http://127.0.0.1:" + cable.port + "/"));
            try (Program agent = Program.start(ofTheMachine(), "agent", "--config", settings.toString())) {
                String figure = "hosts.web1.cpuBusyPercent";
                long begin = floor(System.currentTimeMillis());
                Until.isTrue("two rows", () -> count(there, "fleet", figure, Span.since(begin)) >= 2);
                cable.cut();
                long cut = floor(System.currentTimeMillis());
                Until.isTrue("40 s", () -> System.currentTimeMillis() > cut + 40_000);
                cable.mend();
                long back = floor(System.currentTimeMillis());
                Until.isTrue("filled", () -> metric(there, "pulseboard_fleet_backfilled_rows_total") > 0);
                String own = "cpu.busyPercent";
                Span gap = new Span(cut, back);
                assertEquals(gap.rows(), count(there, "web1/host", own, gap), "the agent has all");
                assertEquals(
                        rows(there, "web1/host", own, gap).get(own),
                        rows(there, "fleet", figure, gap).get(figure));
                assertEquals(Map.of(), rows(there, "web1/host", "none", gap));
                assertTrue(agent.isAlive());
            }
        } finally {
            LinkSite.await(vertx.close());
        }
    }

    /** What lies between the agent and the hub, and can be cut. */
    private static final class Cable {

        private final Vertx vertx;
        private final NetClient client;
        private final int to;
        private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
        private NetServer server;
        final int port;

        Cable(Vertx vertx, int to) {
            this.vertx = vertx;
            this.client = vertx.createNetClient();
            this.to = to;
            this.server = listen(0);
            this.port = server.actualPort();
        }

        private NetServer listen(int at) {
            NetServer made = vertx.createNetServer().connectHandler(this::join);
            return LinkSite.await(made.listen(at, "127.0.0.1"));
        }

        private void join(NetSocket near) {
            open.add(near);
            near.pause();
            client.connect(to, "127.0.0.1")
                    .onSuccess(far -> {
                        open.add(far);
                        far.handler(near::write).closeHandler(end -> near.close());
                        near.handler(far::write).closeHandler(end -> far.close());
                        near.resume();
                    })
                    .onFailure(failure -> near.close());
        }

        void cut() {
            LinkSite.await(server.close());
            open.forEach(NetSocket::close);
            open.clear();
        }

        void mend() {
            server = listen(port);
        }
    }
}
