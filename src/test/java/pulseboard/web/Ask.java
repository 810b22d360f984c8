package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.function.Function;

/** Asks with a client of Vert.x, which drops what comes of an answer before anybody said what becomes of it. */
final class Ask {

    private Ask() {}

    /** Gives the answer to {@code read} on the event loop, before its first data can come: from a thread of a test it may be late. */
    static <T> Future<T> with(
            HttpClient client, RequestOptions options, String body, Function<HttpClientResponse, Future<T>> read) {
        return client.request(options).compose(request -> request.send(body).compose(read));
    }

    /** The whole of an answer. */
    static Future<String> whole(HttpClientResponse response) {
        return response.body().map(Buffer::toString);
    }
}
