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
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.prometheus.Metrics;

/**
 * Sends the metrics at each interval, one request after the other, and keeps what the server cannot take now. Before the first, and
 * after the clock was set, it sends an empty request, whose answer has the server's time. At a planned end it says of all series
 * that they have ended. Used on one event loop.
 */
public final class RemoteWriteVerticle extends VerticleBase {

    /** About an hour of an ordinary machine at an interval of 15 s. */
    static final long MOST_WAITING_BYTES = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RemoteWriteVerticle.class);
    private static final int ANSWER_SECONDS = 30;

    /** The program has less than a second to end in. */
    private static final int END_MILLISECONDS = 500;

    private static final int SECURE_PORT = 443;
    private static final int PLAIN_PORT = 80;
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final RemoteWriteConfig config;
    private final Metrics metrics;
    private final WriteCounts counts;
    private final WriteRequests requests;
    private final URI server;
    private final Backlog backlog = new Backlog(MOST_WAITING_BYTES);
    private final RetryDelay delay = new RetryDelay(new Random());
    private final ClockCheck clock = new ClockCheck();

    /** What time it is, in Unix milliseconds. Tests have another clock. */
    LongSupplier milliseconds = System::currentTimeMillis;

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
        this.requests = new WriteRequests(config.labelsOf(hostName));
        this.server = URI.create(config.url());
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

    /** Where nothing was taken, or nothing is taken now, there is nothing to end. */
    @Override
    public Future<?> stop() {
        long now = milliseconds.getAsLong();
        if (counts.sent.get() == 0 || failing || !clock.isGood(now, System.nanoTime())) {
            return Future.succeededFuture();
        }
        return send(requests.end(now).body())
                .timeout(END_MILLISECONDS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** Re-armed by itself, whatever becomes of the sending. */
    private void collect() {
        vertx.setTimer(TimeUnit.SECONDS.toMillis(config.intervalSeconds()), id -> collect());
        long at = milliseconds.getAsLong();
        metrics.collect()
                .compose(families -> metrics.inBackground(() -> requests.of(families, at)))
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
            boolean isAsking = !clock.isGood(milliseconds.getAsLong(), System.nanoTime());
            send(isAsking ? WriteRequests.empty() : next.body())
                    .onSuccess(answer -> answered(isAsking ? null : next, answer))
                    .onFailure(failure -> retry(String.valueOf(failure.getMessage()), null));
        }
    }

    /** What a server answered: its status and headers, and the first words of what it said. */
    private record Answer(HttpClientResponse response, String words) {
        int status() {
            return response.statusCode();
        }
    }

    private Future<Answer> send(Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(config.url())
                .setFollowRedirects(false)
                .setTimeout(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS))
                .putHeader("Content-Type", "application/x-protobuf")
                .putHeader("Content-Encoding", "snappy")
                .putHeader("X-Prometheus-Remote-Write-Version", "0.1.0")
                .putHeader("User-Agent", "pulseboard");
        return secret().compose(secret -> address().compose(address -> {
                    String authorization = authorization(secret);
                    return client.request(options.setServer(address))
                            .compose(request -> {
                                if (authorization != null) {
                                    request.putHeader("Authorization", authorization);
                                }
                                return request.send(body);
                            })
                            .compose(response -> read(response, secret, authorization));
                }))
                .timeout(2L * ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Asked for anew for each request, by the system's own means, which know /etc/hosts and name servers as they are now. On a thread
     * that may wait: Vert.x with the JDK's resolver would look names up on the event loop, on which all viewers wait.
     */
    private Future<SocketAddress> address() {
        int port = server.getPort();
        int known = port >= 0 ? port : "https".equals(server.getScheme()) ? SECURE_PORT : PLAIN_PORT;
        return vertx.executeBlocking(
                () -> SocketAddress.inetSocketAddress(
                        known, InetAddress.getByName(server.getHost()).getHostAddress()),
                false);
    }

    /** No more of the text than its first words, without what was shown to the server. */
    private Future<Answer> read(HttpClientResponse response, String secret, @Nullable String authorization) {
        Buffer text = Buffer.buffer();
        response.handler(part -> {
            if (text.length() < Refusal.MOST_BYTES) {
                text.appendBuffer(part, 0, Math.min(part.length(), Refusal.MOST_BYTES));
            }
        });
        String shown = authorization == null ? "" : authorization.substring(authorization.indexOf(' ') + 1);
        return response.end().map(end -> new Answer(response, Refusal.words(text, server, List.of(shown, secret))));
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

    /** @param request what was answered; null when only the time was asked for */
    private void answered(Backlog.@Nullable Waiting request, Answer answer) {
        int status = answer.status();
        String wrong = clock.heard(answer.response.getHeader("Date"), milliseconds.getAsLong(), System.nanoTime());
        if (wrong != null) {
            busy = false;
            delay.reset();
            dropAll(wrong + "; nothing is sent until they agree");
            return;
        }
        if (status >= 500 || status == 429) {
            retry(reason(answer), answer.response.getHeader("Retry-After"));
            return;
        }
        delay.reset();
        busy = false;
        if (request != null) {
            taken(request, answer);
        }
        sendNext();
    }

    private void taken(Backlog.Waiting request, Answer answer) {
        backlog.remove(request);
        if (answer.status() / 100 == 2) {
            counts.sent.addAndGet(request.samples());
            recovered();
        } else {
            counts.dropped.addAndGet(request.samples());
            complain(reason(answer) + ", these samples are dropped");
        }
    }

    /** Their time is as wrong as the clock. */
    private void dropAll(String why) {
        for (Backlog.Waiting next = backlog.oldest(); next != null; next = backlog.oldest()) {
            counts.dropped.addAndGet(next.samples());
            backlog.remove(next);
        }
        counts.waiting.set(0);
        complain(why);
    }

    private static String reason(Answer answer) {
        return "status " + answer.status() + (answer.words.isEmpty() ? "" : " (" + answer.words + ")");
    }

    private void retry(String reason, @Nullable String retryAfter) {
        counts.retried.incrementAndGet();
        complain(reason + ", will be sent again");
        vertx.setTimer(delay.afterFailure(retryAfter), id -> {
            busy = false;
            sendNext();
        });
    }

    /** At most one line in ten minutes. */
    private void complain(String what) {
        failing = true;
        if (System.nanoTime() - quietUntilNanos >= 0) {
            quietUntilNanos = System.nanoTime() + QUIET_NANOS;
            LOG.warn("Remote write to {}: {}", server.getHost(), what);
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("Remote write to {} goes on", server.getHost());
        }
    }
}
