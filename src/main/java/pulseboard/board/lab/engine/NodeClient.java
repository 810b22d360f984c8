package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import pulseboard.board.lab.paxos.Message;
import pulseboard.board.lab.store.Store;

/** Asks one node, over one line. */
final class NodeClient {

    private static final long PAXOS_MILLISECONDS = 5_000;
    private static final long STATUS_MILLISECONDS = 1_000;

    private final HttpClient http;
    private final IntSupplier port;
    private final String token;

    /**
     * Bytes that a node gave, and have not been compared with anything yet.
     *
     * @param fragment which one it is
     * @param sha256 what they should be
     * @param bytes what they are
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Fetched(int fragment, String sha256, byte[] bytes) {

        boolean isSound() {
            return sha256.equals(Store.sha256(bytes));
        }
    }

    /** A node said no. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;

        private Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** By this port of loopback, which is the node's own or that of an emulated line to it. */
    NodeClient(HttpClient http, IntSupplier port, String token) {
        this.http = http;
        this.port = port;
        this.token = token;
    }

    /** A client for nodes, which may be killed at any time: a connection that breaks is no news. */
    static HttpClient http(Vertx vertx, int mostConnections) {
        return vertx.httpClientBuilder()
                .with(new PoolOptions().setHttp1MaxSize(mostConnections))
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }

    private Future<HttpClientResponse> send(HttpMethod method, String path, Map<String, String> headers, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port.getAsInt())
                .setURI(path)
                .putHeader("Authorization", "Bearer " + token);
        headers.forEach(options::putHeader);
        return Future.succeededFuture()
                .compose(nothing -> http.request(options)) // A client that was closed meanwhile throws.
                .compose(request -> request.send(body))
                .compose(response -> response.statusCode() < 300
                        ? Future.succeededFuture(response)
                        : response.body()
                                .compose(said ->
                                        Future.failedFuture(new Refused(response.statusCode(), said.toString()))));
    }

    private static String path(String chunk, int generation) {
        return "/chunks/" + chunk + "/" + generation;
    }

    /** Has a node take a message, with the bytes that go with it. */
    Future<Message> paxos(String chunk, int generation, Message message, Store.Bytes bytes) {
        Map<String, String> headers =
                Map.of("X-Paxos", message.toJson().encode(), "X-Fragment", Integer.toString(bytes.fragment()));
        return send(HttpMethod.POST, path(chunk, generation) + "/paxos", headers, Buffer.buffer(bytes.content()))
                .compose(HttpClientResponse::body)
                .timeout(PAXOS_MILLISECONDS, TimeUnit.MILLISECONDS)
                .map(body -> Message.of(body.toJsonObject()));
    }

    /** The bytes that a node has of a chunk. */
    Future<Fetched> get(String chunk, int generation, long milliseconds) {
        return send(HttpMethod.GET, path(chunk, generation), Map.of(), Buffer.buffer())
                .compose(response -> response.body().map(body -> fetched(response, body)))
                .timeout(milliseconds, TimeUnit.MILLISECONDS);
    }

    private static Fetched fetched(HttpClientResponse response, Buffer body) {
        String tag = String.valueOf(response.getHeader("ETag"));
        return new Fetched(
                Integer.parseInt(String.valueOf(response.getHeader("X-Fragment"))),
                tag.replace("\"", ""),
                body.getBytes());
    }

    /** Asks for, or says, something short. */
    Future<JsonObject> json(HttpMethod method, String path, Buffer body) {
        return json(method, path, body, STATUS_MILLISECONDS);
    }

    /** The same for what may take longer. */
    Future<JsonObject> json(HttpMethod method, String path, Buffer body, long milliseconds) {
        return send(method, path, Map.of(), body)
                .compose(HttpClientResponse::body)
                .timeout(milliseconds, TimeUnit.MILLISECONDS)
                .map(said -> said.length() == 0 ? new JsonObject() : said.toJsonObject());
    }

    Future<JsonObject> delete(String chunk, int generation) {
        return json(HttpMethod.DELETE, path(chunk, generation), Buffer.buffer());
    }

    Future<JsonObject> say(String chunk, int generation, String what) {
        return json(HttpMethod.POST, path(chunk, generation) + "/" + what, Buffer.buffer());
    }

    Future<JsonObject> repair(String chunk, int generation, byte[] bytes) {
        return json(HttpMethod.POST, path(chunk, generation) + "/repair", Buffer.buffer(bytes));
    }

    Future<JsonObject> isSound(String chunk, int generation) {
        return json(HttpMethod.GET, path(chunk, generation) + "/sound", Buffer.buffer());
    }

    /** How long a node takes to answer, in ms. */
    Future<Double> ping() {
        long began = System.nanoTime();
        return json(HttpMethod.HEAD, "/ping", Buffer.buffer()).map(answer -> (System.nanoTime() - began) / 1e6);
    }
}
