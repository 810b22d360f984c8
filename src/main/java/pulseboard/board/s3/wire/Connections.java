package pulseboard.board.s3.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Connections to one server that are used again. Those on which nothing moves any more are ended. Thread-safe. */
final class Connections implements AutoCloseable {

    /** Servers close them after some seconds of rest; one that may just be closed is not used. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int LOOKS = 10;

    private final Target target;
    private final @Nullable SSLSocketFactory tls;
    private final long silenceNanos;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Set<Connection> busy = ConcurrentHashMap.newKeySet();
    private final Thread watch = new Thread(this::watch, "s3-silence");

    private record Idle(Connection connection, long sinceNanos) {}

    /**
     * Makes it.
     *
     * @param silenceMilliseconds when a request on which nothing moves counts as lost
     * @param caFile certificates that vouch for the server, instead of those that Java brings; empty: those
     * @throws IOException when the certificates cannot be read
     */
    Connections(Target target, long silenceMilliseconds, String caFile) throws IOException {
        this.target = target;
        silenceNanos = TimeUnit.MILLISECONDS.toNanos(silenceMilliseconds);
        tls = target.isTls() ? factory(caFile) : null;
        watch.setDaemon(true);
        watch.start();
    }

    private static SSLSocketFactory factory(String caFile) throws IOException {
        try {
            if (caFile.isEmpty()) {
                return SSLContext.getDefault().getSocketFactory();
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            try (InputStream file = Files.newInputStream(Path.of(caFile))) {
                for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                    trusted.setCertificateEntry(Integer.toString(trusted.size()), each);
                }
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new S3Failure("tls", "the certificates of caFile cannot be used: " + e.getMessage(), e);
        }
    }

    /** What is done with a connection. */
    interface Use<T> {
        T with(Connection connection) throws IOException, InterruptedException;
    }

    /** Does this with a connection that nobody else has. */
    <T> T use(Use<T> use) throws IOException, InterruptedException {
        Connection resting = resting();
        Connection connection = resting == null ? new Connection() : resting;
        busy.add(connection);
        boolean isKept = false;
        try {
            if (resting == null) {
                connection.connect(target, tls);
            }
            T done = use.with(connection);
            isKept = connection.isReusable();
            return done;
        } finally {
            busy.remove(connection);
            if (isKept) {
                rest(connection);
            } else {
                connection.close();
            }
        }
    }

    private @Nullable Connection resting() throws IOException {
        while (true) {
            Idle last;
            synchronized (idle) {
                last = idle.pollLast();
            }
            if (last == null) {
                return null;
            }
            if (System.nanoTime() - last.sinceNanos < REST_NANOS) {
                return last.connection;
            }
            last.connection.close();
        }
    }

    private void rest(Connection connection) {
        synchronized (idle) {
            idle.addLast(new Idle(connection, System.nanoTime()));
        }
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(silenceNanos / LOOKS);
                for (Connection each : busy) {
                    each.endIfSilent(silenceNanos);
                }
            }
        } catch (InterruptedException e) {
            // It was closed.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        for (Connection each : busy) {
            each.close();
        }
        synchronized (idle) {
            for (Idle each : idle) {
                each.connection.close();
            }
            idle.clear();
        }
    }
}
