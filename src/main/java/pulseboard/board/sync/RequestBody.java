package pulseboard.board.sync;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a request brings, for a thread that waits for it: no more of it is in memory than that thread has asked for. */
final class RequestBody {

    private static final long SILENCE_SECONDS = 60;

    private final HttpServerRequest request;
    private final Context loop;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();

    /** Bytes; or the end, if there are none and nothing is broken. */
    private record Part(@Nullable Buffer bytes, @Nullable Throwable broken) {}

    /** To be made where the request arrives, before anything of it can come. */
    RequestBody(Vertx vertx, HttpServerRequest request) {
        this.request = request;
        loop = vertx.getOrCreateContext();
        request.pause();
        request.handler(bytes -> parts.add(new Part(bytes, null)))
                .exceptionHandler(broken -> parts.add(new Part(null, broken)))
                .endHandler(end -> parts.add(new Part(null, null)));
    }

    /** The next bytes; none at the end. */
    byte[] next() throws IOException {
        loop.runOnContext(now -> request.fetch(1));
        try {
            Part part = parts.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
            if (part == null || part.broken != null) {
                throw new IOException("the body was cut off", part == null ? null : part.broken);
            }
            return part.bytes == null ? new byte[0] : part.bytes.getBytes();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Nobody wants the rest. */
    void drop() {
        loop.runOnContext(now -> {
            if (!request.isEnded()) {
                request.handler(bytes -> {}).resume();
            }
        });
    }
}
