package pulseboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.toy.ToyConfig;
import pulseboard.board.toy.ToyVerticle;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;
import pulseboard.link.LinkTarget;

/** A board that runs in a worker is, for everyone else, like one of this process. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkTest {

    private static final int SECONDS = 120;
    private static final String SECRET = "pulseboard_secret-of-the-worker-0123456789";
    private static final ResourceInfo ECHO =
            new ResourceInfo("PUT", "echo/:name", "What was sent, and what it was called");
    private static final ResourceInfo HOSTILE = new ResourceInfo("GET", "hostile", "Says what it may not");

    /** Two jobs: the toy, and one whose resources stream. */
    private static final List<Board<?>> BOARDS = List.of(
            new Board<>(
                    "toy",
                    ToyConfig.class,
                    ToyConfig.DEFAULT,
                    Set.of("toy", "echo"),
                    true,
                    config -> List.of(new ToyVerticle(config), new EchoVerticle())),
            // Nothing is set for it: its token would not allow its board, and all others would be refused with it.
            new Board<>("idle", ToyConfig.class, ToyConfig.DEFAULT, Set.of("idle"), true, config -> {
                throw new AssertionError("a job that is off was started");
            }));

    @TempDir
    private Path folder;

    private final Vertx work = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init")
    private LinkSite site;

    /** Serves what a hostile or a streaming job would. */
    private static final class EchoVerticle extends VerticleBase {

        @Override
        public Future<?> start() {
            FeedPublisher publisher = new FeedPublisher(
                    vertx,
                    BoardInfo.of("echo", "Echo")
                            .resource(ECHO)
                            .resource(HOSTILE)
                            .action("ask", ActionInfo.of("Says who asks")));
            publisher.onAction("ask", (body, who) -> Future.succeededFuture(JsonObject.of("who", who)));
            publisher.onRequest(ECHO, EchoVerticle::echo);
            publisher.onRequest(
                    HOSTILE,
                    request -> request.http()
                            .response()
                            .putHeader("Set-Cookie", "a=b")
                            .putHeader("Location", "https://evil.example/")
                            .putHeader("Access-Control-Allow-Origin", "*")
                            .putHeader("Clear-Site-Data", "\"*\"")
                            .putHeader("Content-Type", "text/html")
                            .end(request.http().headers().names().toString().toLowerCase(Locale.ROOT)));
            publisher.publish(new JsonObject());
            return publisher.ready();
        }

        private static void echo(Resources.Request request) {
            HttpServerResponse response = request.http().response().setChunked(true);
            String head = request.path().get("name") + "|" + request.who() + "|"
                    + request.http().query() + "|";
            // Java's client reads no answer before it has sent all.
            request.http()
                    .body()
                    .onSuccess(body -> response.end(Buffer.buffer(head).appendBuffer(body)));
        }
    }

    @BeforeEach
    void start() throws Exception {
        Map<String, String> environment = Map.of("PULSEBOARD_TOY_MOST", "10");
        site = new LinkSite(folder, environment, BOARDS);
        site.access.letIn(SECRET, "worker", Set.of("work:toy,echo"));
        Settings settings = new Settings(BOARDS);
        settings.applyEnvironment(environment);
        settings.set("auth.folder", folder.toString(), "test");
        LinkSite.await(Deployment.deployLinked(
                work,
                settings.toConfig(),
                BOARDS,
                LinkTarget.of(site.address(), SECRET, null, false).asWorker()));
    }

    @AfterEach
    void close() throws Exception {
        work.close().await(SECONDS, TimeUnit.SECONDS);
        site.close();
    }

    @Test
    void itsStateActionsAndFiguresAreAsThoseOfABoardOfThisProcess() throws Exception {
        awaitLinked();
        assertEquals("{\"count\":3}", act("{\"by\":3}").body());
        HttpResponse<String> refused = act("{\"by\":8}");
        assertEquals(409, refused.statusCode());
        assertEquals("limit_reached", new JsonObject(refused.body()).getString("error"));
        assertEquals("toy.most is 10", new JsonObject(refused.body()).getString("message"));
        assertEquals(400, act("{\"by\":\"x\"}").statusCode());
        Until.isTrue("the state is told", () -> site.state("toy").getInteger("count") == 3);
        assertEquals("up", health().getJsonObject("toy").getString("state"));
        assertTrue(site.get("api/openapi.json").body().contains("/api/boards/toy/actions/add"));
    }

    private HttpResponse<String> act(String body) throws Exception {
        return site.post("api/boards/toy/actions/add", body);
    }

    private JsonObject health() throws Exception {
        return new JsonObject(site.get("api/health").body()).getJsonObject("verticles");
    }

    @Test
    void resourcesStreamBothWays() throws Exception {
        awaitLinked();
        assertEquals("count 0", site.get("api/boards/toy/text").body());
        byte[] sent = new byte[5_000_000];
        new Random(1).nextBytes(sent);
        HttpResponse<byte[]> answer = put("api/boards/echo/echo/a%2Fb%20c?x=1", sent);
        assertEquals(200, answer.statusCode());
        byte[] head = "a/b c|this machine|x=1|".getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[head.length + sent.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(sent, 0, whole, head.length, sent.length);
        assertArrayEquals(whole, answer.body());
    }

    private HttpResponse<byte[]> put(String path, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(site.address() + path))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void resourceCannotActOnTheOriginOfThePageNorLearnWhoAsks() throws Exception {
        awaitLinked();
        HttpResponse<String> answer =
                site.get("api/boards/echo/hostile", "Cookie", "session=1", "Accept", "text/plain", "X-Odd", "1");
        for (String header : List.of("Set-Cookie", "Location", "Access-Control-Allow-Origin", "Clear-Site-Data")) {
            assertTrue(answer.headers().firstValue(header).isEmpty(), header);
        }
        assertEquals(
                "attachment", answer.headers().firstValue("Content-Disposition").orElse(""));
        assertEquals(
                "nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
        assertEquals(
                "sandbox",
                answer.headers().firstValue("Content-Security-Policy").orElse(""));
        assertTrue(answer.body().contains("accept"), answer.body());
        assertFalse(answer.body().matches(".*(cookie|authorization|x-odd|upgrade).*"), answer.body());
    }

    @Test
    void workerServesNobodyWithoutTheSecret() throws Exception {
        awaitLinked();
        Path socket = folder.resolve("work.socket");
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.domainSocketAddress(socket.toString()))
                .setHost("localhost")
                .setURI("/text")
                .putHeader("X-Pulseboard-Board", "toy");
        int status = LinkSite.await(work.createHttpClient()
                .request(options)
                .compose(request -> request.send().map(HttpClientResponse::statusCode)));
        assertEquals(403, status);
    }

    @Test
    void workerThatIsGoneIsAFaultOfThisProgram() throws Exception {
        awaitLinked();
        LinkSite.await(work.close());
        Until.isTrue("it is offline", () -> site.isOffline("toy"));
        assertEquals(503, act("{\"by\":1}").statusCode());
        HttpResponse<String> resource = site.get("api/boards/toy/text");
        assertEquals(503, resource.statusCode());
        assertEquals("board_unavailable", new JsonObject(resource.body()).getString("error"));
        assertEquals("down", health().getJsonObject("toy").getString("state"));
        assertEquals(503, site.get("api/health").statusCode());
    }

    @Test
    void workerBringsOnlyWhatItsTokenSaysAndFromThisMachine() throws Exception {
        awaitLinked();
        site.access.letIn("another-secret", "worker", Set.of("work:toy"));
        LinkSite.Peer peer = site.link("api/work/link", "another-secret");
        peer.hello("host");
        assertEquals(4403, peer.closeCode());
        assertNotEquals("", peer.closeReason());
        LinkSite.Peer second = site.link("api/work/link", "another-secret");
        second.hello("toy"); // Brought already, by another worker.
        assertEquals(4403, second.closeCode());
        HttpResponse<String> passedOn =
                site.get("api/work/link", "Authorization", "Bearer another-secret", "X-Forwarded-For", "127.0.0.1");
        assertEquals(403, passedOn.statusCode());
    }

    @Test
    void secretIsMadeOnceAndForNobodyElse() throws Exception {
        Path own = folder.resolve("own");
        assertThrows(StartFailure.class, () -> WorkToken.existing(own));
        String secret = WorkToken.in(own);
        assertEquals(secret, WorkToken.in(own));
        assertEquals(secret, WorkToken.existing(own));
        Path file = own.resolve("work.token");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.writeString(file, "short");
        assertThrows(UserMistake.class, () -> WorkToken.in(own));
    }

    @Test
    void actionOfAJobLearnsWhoAsks() throws Exception {
        awaitLinked();
        Until.isTrue("the echo is there", () -> !site.info("echo").isEmpty());
        assertEquals(
                "{\"who\":\"this machine\"}",
                site.post("api/boards/echo/actions/ask", "{}").body());
    }

    private void awaitLinked() throws Exception {
        Until.isTrue("the toy is there", () -> site.state("toy").containsKey("count"));
    }
}
