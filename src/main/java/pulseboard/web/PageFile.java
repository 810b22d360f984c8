package pulseboard.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file that is served to everybody from the same memory, compressed as the client likes it. What a client has not read
 * yet costs nothing: the bytes are shared, and they are outside the heap, so that they go to the socket without a copy. Used
 * on event loops; safe for several.
 */
final class PageFile {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml",
            "yaml", "application/yaml",
            "LICENSE", "text/plain;charset=UTF-8");

    /** Documents: browsers ask each time, so that after an upgrade nobody sees half of an old page. */
    static final String ASKED_EACH_TIME = "no-cache";

    /** Assets lie below a folder named by what is in it, so they never change (RFC 8246). */
    private static final String FIXED = "max-age=31536000, immutable";

    /** With TLS each piece is encrypted into memory of its connection, so no more is written than it can take. */
    private static final int PIECE_BYTES = 16_384;

    private final String type;
    private final String cacheControl;
    private final String tag;
    private final ByteBuf gzip;
    private final @Nullable ByteBuf brotli;
    private volatile @Nullable ByteBuf plain;

    /**
     * Keeps the compressed forms.
     *
     * @param name whose ending says the type; below {@code assets-…/} it is named by its content
     * @param gzip the content; null compresses it here
     * @param brotli the content, or null where it was not made
     */
    PageFile(String name, byte[] plain, byte @Nullable [] gzip, byte @Nullable [] brotli) {
        this.type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        this.cacheControl = name.startsWith("assets-") ? FIXED : ASKED_EACH_TIME;
        CRC32 sum = new CRC32();
        sum.update(plain);
        this.tag = Long.toHexString(sum.getValue()) + "-" + Integer.toHexString(plain.length);
        this.gzip = shared(gzip == null ? Encodings.gzip(plain) : gzip);
        this.brotli = brotli == null ? null : shared(brotli);
    }

    private static ByteBuf shared(byte[] bytes) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length, bytes.length)
                .writeBytes(bytes)
                .asReadOnly());
    }

    /** The content, made anew each time; for what is text. */
    String text() {
        return new String(expanded(), StandardCharsets.UTF_8);
    }

    /** Answers a GET or HEAD. */
    void send(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        String encoding = encoding(request.headers().get(HttpHeaders.ACCEPT_ENCODING));
        String etag = "\"" + tag + (encoding.isEmpty() ? "" : "-" + encoding) + "\"";
        response.putHeader(HttpHeaders.CACHE_CONTROL, cacheControl)
                .putHeader(HttpHeaders.ETAG, etag)
                .putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (isKnown(request.headers().get(HttpHeaders.IF_NONE_MATCH), etag)) {
            response.setStatusCode(304).end();
            return;
        }
        ByteBuf content = content(encoding);
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.readableBytes()));
        if (!encoding.isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, encoding);
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            new Pieces(response, content).write();
        }
    }

    private String encoding(@Nullable String accepted) {
        return brotli != null && Encodings.accepts(accepted, "br")
                ? "br"
                : Encodings.accepts(accepted, "gzip") ? "gzip" : "";
    }

    private static boolean isKnown(@Nullable String tags, String etag) {
        return tags != null
                && Arrays.stream(tags.split(",", -1))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals(etag) || each.equals("*"));
    }

    private ByteBuf content(String encoding) {
        return switch (encoding) {
            case "br" -> Objects.requireNonNull(brotli);
            case "gzip" -> gzip;
            default -> plain();
        };
    }

    /** Few ask for it, such as curl: it is made when the first one does, and kept. */
    private ByteBuf plain() {
        ByteBuf made = plain;
        if (made == null) {
            synchronized (this) {
                made = plain;
                if (made == null) {
                    made = shared(expanded());
                    plain = made;
                }
            }
        }
        return made;
    }

    private byte[] expanded() {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteBufInputStream(gzip.duplicate()))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes as fast as the client reads. */
    private static final class Pieces {

        private final HttpServerResponse response;
        private final ByteBuf content;
        private int written;

        Pieces(HttpServerResponse response, ByteBuf content) {
            this.response = response;
            this.content = content;
            response.exceptionHandler(gone -> {});
            response.drainHandler(drained -> write());
        }

        void write() {
            while (!response.ended() && !response.closed() && (written == 0 || !response.writeQueueFull())) {
                int length = Math.min(PIECE_BYTES, content.readableBytes() - written);
                Buffer piece = BufferInternal.buffer(content.slice(written, length));
                written += length;
                if (written < content.readableBytes()) {
                    response.write(piece);
                } else {
                    response.end(piece);
                }
            }
        }
    }
}
