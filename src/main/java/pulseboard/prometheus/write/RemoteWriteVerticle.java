package pulseboard.prometheus.write;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.prometheus.Metrics;

/** Sends the metrics at each interval, one request after the other, and keeps what the server cannot take now. */
public final class RemoteWriteVerticle extends VerticleBase {

    /** About an hour of an ordinary machine at an interval of 15 s. */
    static final long MOST_WAITING_BYTES = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RemoteWriteVerticle.class);
    private static final int ANSWER_SECONDS = 30;
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final RemoteWriteConfig config;
    private final Metrics metrics;
    private final WriteCounts counts;
    private final Map<String, String> labels;
    private final String server;
    private final Backlog backlog = new Backlog(MOST_WAITING_BYTES);
    private final RetryDelay delay = new RetryDelay(new Random());
    private boolean busy;
    private boolean failing;
    private long quietUntilNanos = System.nanoTime();

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private HttpClient client;

    /**
     * Makes the verticle; it sends from when it is deployed.
     *
     * @param counts where it counts
     * @param hostName the label {@code instance}, unless the settings have another
     */
    public RemoteWriteVerticle(RemoteWriteConfig config, Metrics metrics, WriteCounts counts, String hostName) {
        this.config = config;
        this.metrics = metrics;
        this.counts = counts;
        this.labels = config.labelsOf(hostName);
        this.server = URI.create(config.url()).getHost();
    }

    @Override
    public Future<?> start() {
        HttpClientOptions options = new HttpClientOptions()
                .setVerifyHost(true)
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(ANSWER_SECONDS))
                .setIdleTimeout(2 * Math.max(ANSWER_SECONDS, config.intervalSeconds()));
        if (!config.caFile().isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(config.caFile()));
        }
        client = vertx.createHttpClient(options);
        collect();
        return Future.succeededFuture();
    }

    /** Re-armed by itself, whatever becomes of the sending. */
    private void collect() {
        vertx.setTimer(TimeUnit.SECONDS.toMillis(config.intervalSeconds()), id -> collect());
        long at = System.currentTimeMillis();
        metrics.collect()
                .compose(snapshots -> metrics.inBackground(() -> {
                    List<Series> series = Series.of(snapshots, labels);
                    return new Backlog.Waiting(WriteRequest.of(series, at), series.size());
                }))
                .onSuccess(this::add)
                .onFailure(failure -> complain("no metrics: " + failure));
    }

    private void add(Backlog.Waiting request) {
        long dropped = backlog.add(request);
        if (dropped > 0) {
            counts.dropped.addAndGet(dropped);
            complain("too much waits to be sent, the oldest is dropped");
        }
        sendNext();
    }

    private void sendNext() {
        counts.waiting.set(backlog.samples());
        Backlog.Waiting next = backlog.oldest();
        if (next != null && !busy) {
            busy = true;
            send(next.body())
                    .onSuccess(response -> answered(next, response))
                    .onFailure(failure -> retry(String.valueOf(failure.getMessage()), null));
        }
    }

    private Future<HttpClientResponse> send(Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(config.url())
                .setFollowRedirects(false)
                .setTimeout(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS))
                .putHeader("Content-Type", "application/x-protobuf")
                .putHeader("Content-Encoding", "snappy")
                .putHeader("X-Prometheus-Remote-Write-Version", "0.1.0")
                .putHeader("User-Agent", "pulseboard");
        return secret().compose(secret -> {
                    String authorization = authorization(secret);
                    return client.request(
                            authorization == null ? options : options.putHeader("Authorization", authorization));
                })
                .compose(request -> request.send(body))
                .compose(response -> response.end().map(response))
                .timeout(2L * ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private Future<String> secret() {
        return config.secretFile().isEmpty()
                ? Future.succeededFuture(config.secret())
                : vertx.fileSystem()
                        .readFile(config.secretFile())
                        .map(file -> file.toString().strip());
    }

    private @Nullable String authorization(String secret) {
        if (config.user().isEmpty()) {
            return secret.isEmpty() ? null : "Bearer " + secret;
        }
        byte[] pair = (config.user() + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private void answered(Backlog.Waiting request, HttpClientResponse response) {
        int status = response.statusCode();
        if (status >= 500 || status == 429) {
            retry("status " + status, response.getHeader("Retry-After"));
            return;
        }
        backlog.remove(request);
        delay.reset();
        busy = false;
        if (status / 100 == 2) {
            counts.sent.addAndGet(request.samples());
            recovered();
        } else {
            counts.dropped.addAndGet(request.samples());
            complain("status " + status + ", these samples are dropped");
        }
        sendNext();
    }

    private void retry(String reason, @Nullable String retryAfter) {
        counts.retried.incrementAndGet();
        complain(reason + ", will be sent again");
        vertx.setTimer(delay.afterFailure(retryAfter), id -> {
            busy = false;
            sendNext();
        });
    }

    /** At most one line in ten minutes, without anything that came from the server. */
    private void complain(String what) {
        failing = true;
        if (System.nanoTime() - quietUntilNanos >= 0) {
            quietUntilNanos = System.nanoTime() + QUIET_NANOS;
            LOG.warn("Remote write to {}: {}", server, what);
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("Remote write to {} goes on", server);
        }
    }
}
