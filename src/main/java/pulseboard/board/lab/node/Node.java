package pulseboard.board.lab.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.lab.paxos.Message;
import pulseboard.board.lab.store.Held;
import pulseboard.board.lab.store.Store;

/**
 * The HTTP side of a storage node. Everything asks for the token of its cluster. Addresses: {@code HEAD /ping}, {@code GET /status},
 * {@code GET /records}; {@code GET|HEAD|DELETE /chunks/CHUNK/GENERATION}, and below that {@code POST paxos}, {@code POST chosen},
 * {@code POST repair}, {@code GET sound}; {@code POST /trouble} makes it slow or heavy.
 */
public final class Node {

    /** The largest chunk, in bytes. */
    public static final int MOST_CHUNK_BYTES = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /** Longer than any read takes: what was replaced is deleted at the next turn. */
    private static final long COMPACT_MILLISECONDS = 15_000;

    private static final Pattern CHUNK = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern GENERATION = Pattern.compile("[0-9]{1,9}");

    private final Vertx vertx;
    private final Setting setting;
    private final Store store;
    private final Gauges gauges = new Gauges();
    private double slowdown = 1;
    private volatile boolean isReplaced;

    /** Kept: what nobody refers to is closed when it is garbage. */
    private final HttpServer server;

    /**
     * What a node has to know.
     *
     * @param id its name
     * @param folder where its log is
     * @param token what requests have to bring
     * @param mostBytes how long its log may become
     */
    public record Setting(String id, Path folder, String token, long mostBytes) {}

    /** Opens the log. */
    public Node(Vertx vertx, Setting setting) throws IOException {
        this.vertx = vertx;
        this.setting = setting;
        server = vertx.createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true));
        store = new Store(setting.folder(), setting.mostBytes());
    }

    /** Listens on loopback; returns the port. */
    public Future<Integer> listen() {
        vertx.setPeriodic(COMPACT_MILLISECONDS, id -> vertx.executeBlocking(this::compact));
        return server.requestHandler(this::handle)
                .exceptionHandler(broken -> {})
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort);
    }

    /** One that cannot be written, as on a full disk, is tried again. */
    private boolean compact() {
        try {
            if (!isReplaced) {
                isReplaced = store.compact();
            } else {
                store.deleteReplaced();
                isReplaced = false;
            }
        } catch (IOException e) {
            LOG.warn("The log cannot be written anew: {}", e.toString());
        }
        return isReplaced;
    }

    private void handle(HttpServerRequest request) {
        gauges.begun();
        Future.succeededFuture().compose(nothing -> route(request)).onComplete(result -> {
            if (result.failed()
                    && !request.response().ended()
                    && !request.response().closed()) {
                answer(request, result.cause() instanceof Refusal refusal ? refusal : Refusal.of(result.cause()));
            }
            gauges.ended(request.response().getStatusCode());
        });
    }

    private static void answer(HttpServerRequest request, Refusal refusal) {
        request.response()
                .setStatusCode(refusal.status())
                .putHeader("content-type", "application/json")
                .end(new JsonObject().put("error", refusal.word()).encode())
                .onFailure(gone -> {});
    }

    private Future<?> route(HttpServerRequest request) {
        String given = String.valueOf(request.getHeader("authorization"));
        byte[] expected = ("Bearer " + setting.token()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
            return Future.failedFuture(new Refusal(401, "not_ours"));
        }
        String path = String.valueOf(request.path());
        String what = request.method() + " " + path;
        return switch (what) {
            case "HEAD /ping" ->
                request.response().putHeader("X-Node-Id", setting.id()).end();
            case "GET /status" -> json(request, status());
            case "GET /records" -> json(request, records());
            case "POST /trouble" -> body(request, 1_000).compose(body -> trouble(request, body));
            default -> chunk(request, List.of(path.split("/", -1)));
        };
    }

    private Future<?> chunk(HttpServerRequest request, List<String> path) {
        if (path.size() < 4
                || !path.get(1).equals("chunks")
                || !CHUNK.matcher(path.get(2)).matches()
                || !GENERATION.matcher(path.get(3)).matches()) {
            return Future.failedFuture(new Refusal(404, "unknown_path"));
        }
        String key = path.get(2) + "." + path.get(3);
        HttpMethod method = request.method();
        return switch (method + (path.size() == 5 ? " " + path.get(4) : "")) {
            case "GET", "HEAD" -> read(request, key);
            case "DELETE" -> done(store.delete(key)).compose(nothing -> json(request, new JsonObject()));
            case "POST paxos" -> body(request, MOST_CHUNK_BYTES).compose(body -> paxos(request, key, body));
            case "POST chosen" ->
                body(request, 0)
                        .compose(body -> done(store.chosen(key)))
                        .compose(nothing -> json(request, new JsonObject()));
            case "POST repair" ->
                body(request, MOST_CHUNK_BYTES)
                        .compose(body -> done(store.repair(key, body.getBytes())))
                        .compose(isSame -> json(request, new JsonObject().put("repaired", isSame)));
            case "GET sound" ->
                Future.succeededFuture(place(key))
                        .compose(there -> vertx.executeBlocking(() -> store.isSound(key)))
                        .compose(isSound -> json(request, new JsonObject().put("sound", isSound)));
            default -> Future.failedFuture(new Refusal(405, "unknown_path"));
        };
    }

    private Store.Place place(String key) {
        return store.place(key).orElseThrow(() -> new Refusal(404, "unknown_chunk"));
    }

    /** Whatever reads the body has to know that it may be long. */
    private Future<Buffer> body(HttpServerRequest request, int most) {
        String length = request.getHeader("content-length");
        if (length == null || length.length() > 9) {
            return Future.failedFuture(new Refusal(length == null ? 411 : 413, "too_large"));
        }
        return Integer.parseInt(length) > most ? Future.failedFuture(new Refusal(413, "too_large")) : request.body();
    }

    private Future<?> paxos(HttpServerRequest request, String key, Buffer body) {
        Message message = Message.of(new JsonObject(String.valueOf(request.getHeader("X-Paxos"))));
        String fragment = request.getHeader("X-Fragment");
        Store.Bytes bytes = new Store.Bytes(fragment == null ? 0 : Integer.parseInt(fragment), body.getBytes());
        return done(store.take(key, message, bytes)).compose(reply -> json(request, reply.toJson()));
    }

    private <T> Future<T> done(CompletableFuture<T> stage) {
        return Future.fromCompletionStage(stage, vertx.getOrCreateContext());
    }

    private Future<?> read(HttpServerRequest request, String key) {
        Store.Place place = place(key);
        Held held = place.held();
        request.response()
                .putHeader("ETag", "\"" + held.sha256() + "\"")
                .putHeader("X-Fragment", Integer.toString(held.fragment()))
                .putHeader("content-type", "application/octet-stream");
        long began = System.nanoTime();
        if (request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader("content-length", Integer.toString(held.length()));
            return request.response().end();
        }
        Future<?> sent = slowdown == 1
                ? request.response().sendFile(place.file().toString(), held.offset(), held.length())
                : vertx.executeBlocking(() -> Buffer.buffer(store.read(key)))
                        .compose(bytes -> request.response().end(bytes));
        return sent.onSuccess(nothing -> gauges.read(held.length(), System.nanoTime() - began));
    }

    private JsonObject status() {
        long[] bytes = store.usedAndLiveBytes();
        JsonObject json = gauges.toJson()
                .put("id", setting.id())
                .put("usedBytes", bytes[0])
                .put("garbageBytes", Math.max(0, bytes[0] - bytes[1]))
                .put("limitBytes", setting.mostBytes())
                .put(
                        "chunks",
                        store.all().values().stream().filter(Held::hasBytes).count())
                .put("walMilliseconds", store.lastForceMilliseconds());
        IOException broken = store.broken();
        return broken == null ? json : json.put("broken", String.valueOf(broken.getMessage()));
    }

    private JsonObject records() {
        JsonArray all = new JsonArray();
        for (Map.Entry<String, Held> each : store.all().entrySet()) {
            Held held = each.getValue();
            if (held.acceptor().accepted() != null) {
                all.add(new JsonObject()
                        .put("key", each.getKey())
                        .put("fragment", held.fragment())
                        .put("bytes", held.length())
                        .put("offset", held.offset())
                        .put(
                                "file",
                                String.valueOf(store.place(each.getKey())
                                        .map(place -> place.file().getFileName())
                                        .orElse(null)))
                        .put("chosen", held.isChosen())
                        .put("accepted", held.acceptor().accepted().ballot().text())
                        .put("value", held.acceptor().accepted().value()));
            }
        }
        return new JsonObject().put("records", all);
    }

    /** What chaos does to it: {@code {"disk":3,"heapPercent":90}}. */
    private Future<?> trouble(HttpServerRequest request, Buffer body) {
        JsonObject wanted = body.toJsonObject();
        slowdown = Math.max(1, Math.min(20, wanted.getDouble("disk", 1.0)));
        store.slowDown(slowdown);
        gauges.weigh(Math.min(95, wanted.getInteger("heapPercent", 0)));
        return json(request, status());
    }

    private static Future<Void> json(HttpServerRequest request, JsonObject body) {
        return request.response().putHeader("content-type", "application/json").end(body.toBuffer());
    }
}
