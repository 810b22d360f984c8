package pulseboard.prometheus;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Addresses;
import pulseboard.feed.Directory;

/**
 * Answers requests for the metrics as text. The request is the {@code Accept} header of the client, with its
 * {@code Accept-Encoding} as a header, and one that is there if boards other than this machine's may be seen; the answer has {@code Content-Type} and, when it is compressed, {@code Content-Encoding}.
 * Encoded once for all who get the same collection. Used on one event loop.
 */
public final class MetricsVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsVerticle.class);
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Metrics metrics;
    private final Map<Encoding, Future<Buffer>> encoded = new HashMap<>();
    private @Nullable List<MetricFamily> encodedOf;

    /** One way to write the same metrics. */
    private record Encoding(boolean openMetrics, boolean gzip, boolean boards) {}

    /** Makes the verticle; it ends what these metrics have under way when it ends. */
    public MetricsVerticle(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        Directory.follow(vertx, metrics).onFailure(none -> LOG.debug("There are no boards to ask", none));
        return vertx.eventBus().<String>consumer(Addresses.METRICS, this::reply).completion();
    }

    @Override
    public Future<?> stop() {
        metrics.end();
        return Future.succeededFuture();
    }

    private void reply(Message<String> request) {
        String acceptEncoding = Objects.requireNonNullElse(request.headers().get("Accept-Encoding"), "");
        Encoding encoding = new Encoding(
                Negotiation.wantsOpenMetrics(request.body()),
                Negotiation.takesGzip(acceptEncoding),
                request.headers().contains(Addresses.METRICS_OF_BOARDS));
        metrics.collect()
                .compose(families -> encode(families, encoding))
                .onSuccess(text -> request.reply(text, headers(encoding)))
                .onFailure(failure -> {
                    LOG.warn("The metrics are not available", failure);
                    request.fail(500, "the metrics are not available");
                });
    }

    private static DeliveryOptions headers(Encoding encoding) {
        DeliveryOptions options =
                new DeliveryOptions().addHeader("Content-Type", encoding.openMetrics ? OPEN_METRICS : TEXT);
        return encoding.gzip ? options.addHeader("Content-Encoding", "gzip") : options;
    }

    @SuppressWarnings("ReferenceEquality") // The same collection, not an equal one.
    private Future<Buffer> encode(List<MetricFamily> families, Encoding encoding) {
        if (encodedOf != families) {
            encodedOf = families;
            encoded.clear();
        }
        return encoded.computeIfAbsent(
                encoding,
                missing -> metrics.inBackground(() -> {
                    List<MetricFamily> shown = encoding.boards
                            ? families
                            : families.stream()
                                    .filter(each -> !each.isOfBoard())
                                    .toList();
                    byte[] text = TextFormat.write(shown, encoding.openMetrics);
                    return Buffer.buffer(encoding.gzip ? compressed(text) : text);
                }));
    }

    /** At the lowest level: it makes a tenth of such a text, and the next levels cost twice as much for little more. */
    private static byte[] compressed(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length / 4);
        try (GZIPOutputStream gzip = new FastGzip(bytes)) {
            gzip.write(text);
        }
        return bytes.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 1 << 13);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
