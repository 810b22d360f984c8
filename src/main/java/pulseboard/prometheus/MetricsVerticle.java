package pulseboard.prometheus;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.bus.Addresses;

/**
 * Answers requests for the metrics as text; the request is the {@code Accept} header of who asks. Encoded once for all who get
 * the same collection. Used on one event loop.
 */
public final class MetricsVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsVerticle.class);

    private final Metrics metrics;
    private final Map<String, Future<Buffer>> encoded = new HashMap<>();
    private @Nullable MetricSnapshots encodedOf;

    /** Makes the verticle; it ends what these metrics have under way when it ends. */
    public MetricsVerticle(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        return vertx.eventBus().<String>consumer(Addresses.METRICS, this::reply).completion();
    }

    @Override
    public Future<?> stop() {
        metrics.end();
        return Future.succeededFuture();
    }

    private void reply(Message<String> request) {
        ExpositionFormatWriter format = format(request.body());
        metrics.collect()
                .compose(snapshots -> encode(snapshots, format))
                .onSuccess(text ->
                        request.reply(text, new DeliveryOptions().addHeader("Content-Type", format.getContentType())))
                .onFailure(failure -> {
                    LOG.warn("The metrics are not available", failure);
                    request.fail(500, "the metrics are not available");
                });
    }

    @SuppressWarnings("ReferenceEquality") // The same collection, not an equal one.
    private Future<Buffer> encode(MetricSnapshots snapshots, ExpositionFormatWriter format) {
        if (encodedOf != snapshots) {
            encodedOf = snapshots;
            encoded.clear();
        }
        return encoded.computeIfAbsent(
                format.getContentType(),
                type -> metrics.inBackground(() -> {
                    ByteArrayOutputStream text = new ByteArrayOutputStream();
                    format.write(text, snapshots);
                    return Buffer.buffer(text.toByteArray());
                }));
    }

    /** The text format unless OpenMetrics is asked for, and never protobuf. */
    private static ExpositionFormatWriter format(String accept) {
        return Optional.<ExpositionFormatWriter>of(OpenMetricsTextFormatWriter.create())
                .filter(openMetrics -> openMetrics.accepts(accept))
                .orElseGet(PrometheusTextFormatWriter::create);
    }
}
