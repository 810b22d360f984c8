package pulseboard.board.uploads.rc;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** The remote control of one rclone. Thread-safe; calls block, so they are not for an event loop. */
public final class RcClient {

    private static final long ANSWER_SECONDS = 10;

    private final HttpClient http;
    private final SocketAddress where;
    private final String authorization;
    private final AtomicLong calls = new AtomicLong();

    /**
     * Asks nothing yet.
     *
     * @param where a Unix socket, or a port of this machine
     */
    public RcClient(HttpClient http, SocketAddress where, String user, String secret) {
        this.http = http;
        this.where = where;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Asks.
     *
     * @param path the command, such as {@code core/stats}
     * @param body its parameters
     * @return what it answered
     * @throws RcFailure when it says that it failed, says something that is no JSON, or says nothing in ten seconds
     */
    public JsonObject call(String path, JsonObject body) throws RcFailure {
        calls.incrementAndGet();
        RequestOptions options = new RequestOptions()
                .setServer(where)
                .setHost("localhost")
                .setPort(80)
                .setMethod(HttpMethod.POST)
                .setURI("/" + path)
                .putHeader("Authorization", authorization)
                .putHeader("Content-Type", "application/json");
        // Nested: what is asked for in a later step, from this thread, may come after the body has gone by.
        Future<Answer> answer = http.request(options)
                .compose(request -> request.send(body.toBuffer())
                        .compose(response -> response.body().map(said -> new Answer(response.statusCode(), said))));
        return read(path, await(path, answer));
    }

    /** How often it was asked. */
    public long calls() {
        return calls.get();
    }

    private record Answer(int status, Buffer said) {}

    private static Answer await(String path, Future<Answer> answer) throws RcFailure {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RcFailure(0, "interrupted");
        } catch (ExecutionException e) {
            throw new RcFailure(0, path + ": " + e.getCause());
        } catch (TimeoutException e) {
            throw new RcFailure(0, path + ": no answer in " + ANSWER_SECONDS + " s");
        }
    }

    private static JsonObject read(String path, Answer answer) throws RcFailure {
        JsonObject json;
        try {
            json = new JsonObject(answer.said);
        } catch (DecodeException | ClassCastException e) {
            throw new RcFailure(answer.status, path + ": answered " + answer.status + " without JSON");
        }
        if (answer.status != 200) {
            throw new RcFailure(answer.status, path + ": " + json.getString("error", "status " + answer.status));
        }
        return json;
    }
}
