package pulseboard.fleet.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.KeptText;
import pulseboard.fleet.Exchange;
import pulseboard.fleet.NatsConfig;

/**
 * The connection of one hub to NATS, and what all hubs keep there. It connects again by itself. Any thread may use it; what says that it
 * blocks is not for an event loop.
 */
public final class NatsHub implements AutoCloseable {

    /** Where all is kept. */
    static final String BUCKET = "pb_state";

    private static final Logger LOG = LoggerFactory.getLogger(NatsHub.class);
    private static final int BUCKET_IN_USE = 10_058;
    private static final long AGAIN_MILLISECONDS = 500;
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Two that are not answered, and the connection counts as gone. */
    private static final Duration PING = Duration.ofSeconds(3);

    private static final int MOST_REPLICAS = 3;
    private static final String ACCOUNTS = "accounts";
    private static final String REGISTRY = "registry";

    private final String name;
    private final Connection connection;
    private final KeyValue bucket;
    private final Map<String, NatsText> texts = new ConcurrentHashMap<>();
    private final NatsExchange exchange;

    private NatsHub(String name, Connection connection, KeyValue bucket) {
        this.name = name;
        this.connection = connection;
        this.bucket = bucket;
        this.exchange = new NatsExchange(name, connection, this::write, (key, revision) -> {
            NatsText text = texts.get(key);
            if (text != null) {
                text.told(revision);
            }
        });
    }

    /**
     * Connects, and makes the place where all is kept if it is not there. Blocks, for so many seconds while no server can do that.
     *
     * @param name what this hub is called among the others
     * @throws IOException when that cannot be; the message is one line for people
     */
    public static NatsHub connect(NatsConfig config, String name, int seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Options options = options(config, name);
        while (true) {
            try {
                Connection connection = Nats.connect(options);
                return new NatsHub(name, connection, bucket(connection, end));
            } catch (AuthenticationException e) {
                throw new IOException(
                        "nats.user: the server does not know this user and password: " + e.getMessage(), e);
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new IOException(
                            "nats.servers: none of " + config.servers() + " can be reached: " + innermost(e), e);
                }
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static Options options(NatsConfig config, String name) throws IOException {
        Options.Builder builder = new Options.Builder()
                .servers(config.servers().toArray(new String[0]))
                .connectionName("pulseboard " + name)
                .ignoreDiscoveredServers() // They have the password.
                .hostnameResolveMode(Options.HostnameResolveMode.Unresolved) // The certificate is for the name.
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(AGAIN_MILLISECONDS))
                .reconnectBufferSize(0) // What is late is wrong.
                .connectionTimeout(SHORT)
                .pingInterval(PING)
                .maxPingsOut(2)
                .errorListener(new ErrorListener() {})
                .connectionListener(NatsHub::tell);
        if (!config.user().isEmpty()) {
            builder.userInfo(config.user(), password(config.passwordFile()));
        }
        if (config.isEncrypted()) {
            builder.sslContext(NatsTls.trusting(config.caFile()));
        }
        return builder.build();
    }

    private static String password(String file) throws IOException {
        return file.isEmpty() ? "" : Files.readString(Path.of(file)).strip();
    }

    private static void tell(Connection connection, ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.DISCONNECTED) {
            LOG.warn(
                    "The connection to NATS is lost: other hubs are not heard of, and nothing that all share can be changed");
        } else if (event == ConnectionListener.Events.RECONNECTED) {
            LOG.info("Connected to NATS again");
        }
    }

    /** There as many copies as there are servers, up to three. */
    private static KeyValue bucket(Connection connection, long end) throws IOException, InterruptedException {
        while (true) {
            String why = make(connection);
            if (why.isEmpty()) {
                return connection.keyValue(BUCKET);
            }
            if (System.nanoTime() > end) {
                connection.close();
                throw new IOException("JetStream keeps nothing: " + why
                        + "; it has to be switched on (jetstream), and most of the servers have to be there");
            }
            pause();
        }
    }

    private static String make(Connection connection) throws IOException {
        KeyValueManagement management = connection.keyValueManagement();
        String why = "";
        for (int replicas = MOST_REPLICAS; replicas > 0; replicas--) {
            try {
                management.create(KeyValueConfiguration.builder()
                        .name(BUCKET)
                        .maxHistoryPerKey(1)
                        .replicas(replicas)
                        .storageType(StorageType.File)
                        .build());
                return "";
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() == BUCKET_IN_USE) {
                    return ""; // With another number of copies, which is up to those who run the servers.
                }
                why = String.valueOf(e.getMessage());
            } catch (IOException e) {
                return String.valueOf(e.getMessage()); // No server answers for it, whatever the number is.
            }
        }
        return why;
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Users and tokens. */
    public KeptText accounts() {
        return text(ACCOUNTS);
    }

    /** Which machines there are, and the invitations. */
    public KeptText registry() {
        return text(REGISTRY);
    }

    private NatsText text(String key) {
        return texts.computeIfAbsent(
                key, missing -> new NatsText(bucket, key, (int) connection.getMaxPayload(), exchange::tellChanged));
    }

    /**
     * Keeps here what a file of this machine held, if nothing is kept yet: what one hub knew is known to all from then on. Blocks.
     *
     * @return whether it was taken over
     */
    public static boolean takeOver(KeptText from, KeptText to) throws IOException {
        String before = from.read();
        if (before == null || to.read() != null) {
            return false;
        }
        boolean[] isTaken = {false};
        to.update(found -> {
            isTaken[0] = found == null;
            return found == null ? before : found;
        });
        return isTaken[0];
    }

    /** Messages to and from the other hubs. */
    public Exchange exchange() {
        return exchange;
    }

    /** Writes something that nobody reads, in order to see whether it can be written. */
    private @Nullable String write() {
        try {
            bucket.put(
                    "alive." + name, Long.toString(System.currentTimeMillis()).getBytes(StandardCharsets.UTF_8));
            return null;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
