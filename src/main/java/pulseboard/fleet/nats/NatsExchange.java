package pulseboard.fleet.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.fleet.Exchange;

/** Messages of NATS itself, which need no JetStream and no majority of the servers. */
final class NatsExchange implements Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(NatsExchange.class);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** Before the subject; what the hubs' user has to be allowed. */
    private static final String PREFIX = "pb.";

    private static final String CHANGED = PREFIX + "changed";

    private final String hub;
    private final Connection connection;
    private final Supplier<@Nullable String> write;
    private final Dispatcher dispatcher;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private @Nullable Context context;
    private volatile boolean isWritable = true;

    NatsExchange(String hub, Connection connection, Supplier<@Nullable String> write, NatsText.Notice changed) {
        this.hub = hub;
        this.connection = connection;
        this.write = write;
        this.dispatcher = connection.createDispatcher();
        dispatcher.subscribe(CHANGED, message -> told(message, changed));
    }

    private static void told(Message message, NatsText.Notice changed) {
        try {
            JsonObject json = json(message);
            changed.of(json.getString("key", ""), json.getLong("revision", 0L));
        } catch (RuntimeException garbage) {
            LOG.debug("What came at {} is no message", message.getSubject(), garbage);
        }
    }

    /** Others have an older one in memory. */
    void tellChanged(String key, long revision) {
        send(CHANGED, JsonObject.of("key", key, "revision", revision));
    }

    @Override
    public String hub() {
        return hub;
    }

    @Override
    public void begin(Vertx vertx) {
        context = vertx.getOrCreateContext();
    }

    private Context context() {
        return Objects.requireNonNull(context, "begin() first");
    }

    @Override
    public boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    @Override
    public boolean isWritable() {
        return isWritable;
    }

    @Override
    public void probe() {
        String why = write.get();
        if (why != null && isWritable) {
            LOG.warn(
                    "What all hubs share can be read and not changed: no majority of the NATS servers is there ({})",
                    why);
        } else if (why == null && !isWritable) {
            LOG.info("What all hubs share can be changed again");
        }
        isWritable = why == null;
    }

    @Override
    public void publish(String subject, JsonObject message) {
        send(PREFIX + subject, message);
    }

    private void send(String subject, JsonObject message) {
        try {
            connection.publish(subject, message.toBuffer().getBytes());
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.debug("Not sent to {}", subject, e); // Not connected now, or longer than the servers take.
        }
    }

    private static JsonObject json(Message message) {
        return new JsonObject(Buffer.buffer(message.getData()));
    }

    @Override
    public void subscribe(String subject, Consumer<JsonObject> listener) {
        Subscription made = dispatcher.subscribe(
                PREFIX + subject,
                message -> context().runOnContext(heard -> {
                    try {
                        listener.accept(json(message));
                    } catch (RuntimeException garbage) {
                        LOG.debug("What came at {} is no message", message.getSubject(), garbage);
                    }
                }));
        subscriptions.put(subject, made);
    }

    @Override
    public void unsubscribe(String subject) {
        Subscription made = subscriptions.remove(subject);
        if (made != null) {
            dispatcher.unsubscribe(made);
        }
    }

    @Override
    public Future<JsonObject> ask(String subject, JsonObject question) {
        Promise<JsonObject> answer = Promise.promise();
        try {
            CompletableFuture<Message> unused = connection
                    .requestWithTimeout(PREFIX + subject, question.toBuffer().getBytes(), PATIENCE)
                    .whenComplete((message, failure) -> context().runOnContext(came -> {
                        if (failure instanceof CancellationException) { // So it says that nobody is there, or in time.
                            answer.fail("no hub answers");
                        } else if (failure != null) {
                            answer.fail(failure);
                        } else {
                            answer.complete(json(message));
                        }
                    }));
        } catch (IllegalStateException | IllegalArgumentException e) {
            answer.fail(e);
        }
        return answer.future();
    }

    @Override
    public void answer(String subject, Function<JsonObject, Future<JsonObject>> answers) {
        dispatcher.subscribe(
                PREFIX + subject,
                message -> context().runOnContext(heard -> {
                    try {
                        answers.apply(json(message))
                                .onSuccess(answer -> send(message.getReplyTo(), answer))
                                .onFailure(failure -> LOG.debug("No answer to {}", message.getSubject(), failure));
                    } catch (RuntimeException garbage) {
                        LOG.debug("What came at {} is no message", message.getSubject(), garbage);
                    }
                }));
    }
}
