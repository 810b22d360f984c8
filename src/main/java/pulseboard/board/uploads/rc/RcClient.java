package pulseboard.board.uploads.rc;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
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
    private final RequestOptions where;
    private final String path;
    private final AtomicLong calls = new AtomicLong();

    /**
     * Asks nothing yet.
     *
     * @param where a Unix socket, or a port of this machine
     */
    public RcClient(HttpClient http, SocketAddress where, String user, String secret) {
        this(http, new RequestOptions().setServer(where).setHost("localhost").setPort(80), "/");
        authorize(user, secret);
    }

    private RcClient(HttpClient http, RequestOptions where, String path) {
        this.http = http;
        this.where = where;
        this.path = path;
    }

    /** The one at this address, of HTTP or HTTPS; where there is no user, it asks for none. */
    static RcClient at(HttpClient http, URI address, String user, String secret) {
        boolean isTls = address.getScheme().equalsIgnoreCase("https");
        int port = address.getPort() > 0 ? address.getPort() : isTls ? 443 : 80;
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        RequestOptions where =
                new RequestOptions().setHost(address.getHost()).setPort(port).setSsl(isTls);
        RcClient made = new RcClient(http, where, path.endsWith("/") ? path : path + "/");
        if (!user.isEmpty()) {
            made.authorize(user, secret);
        }
        return made;
    }

    private void authorize(String user, String secret) {
        String both = Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        where.putHeader("Authorization", "Basic " + both);
    }

    /**
     * Asks.
     *
     * @param command such as {@code core/stats}
     * @param body its parameters
     * @return what it answered
     * @throws RcFailure when it says that it failed, says something that is no JSON, or says nothing in ten seconds
     */
    public JsonObject call(String command, JsonObject body) throws RcFailure {
        calls.incrementAndGet();
        RequestOptions options = new RequestOptions(where)
                .setMethod(HttpMethod.POST)
                .setURI(path + command)
                .putHeader("Content-Type", "application/json");
        // Nested: what is asked for in a later step, from this thread, may come after the body has gone by.
        Future<Answer> answer = http.request(options)
                .compose(request -> request.send(body.toBuffer())
                        .compose(response -> response.body().map(said -> new Answer(response.statusCode(), said))));
        return read(command, await(command, answer));
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
            if (e.getCause() instanceof ConnectException || e.getCause() instanceof UnknownHostException) {
                throw RcFailure.nobodyThere(path + ": " + e.getCause().getMessage());
            }
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
