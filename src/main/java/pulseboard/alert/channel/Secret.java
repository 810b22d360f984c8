package pulseboard.alert.channel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a secret is; what it is, is looked up for each sending and kept nowhere. */
final class Secret {

    /** There is none. */
    static final Secret NONE = new Secret("", "", false);

    private static final Logger LOG = LoggerFactory.getLogger(Secret.class);
    private static final int MOST_BYTES = 16_384;

    private final String key;
    private final String place;
    private final boolean isFile;
    private final AtomicBoolean warned = new AtomicBoolean();

    private Secret(String key, String place, boolean isFile) {
        this.key = key;
        this.place = place;
        this.isFile = isFile;
    }

    static Secret inFile(String key, String file) {
        return new Secret(key, file, true);
    }

    static Secret inVariable(String key, String variable) {
        return new Secret(key, variable, false);
    }

    /** Which setting says where it is. */
    String key() {
        return key;
    }

    boolean isNone() {
        return key.isEmpty();
    }

    /** What it is now; empty for {@link #NONE}. Fails with a {@link ChannelFailure} that says what to mend. */
    Future<String> read(Vertx vertx, ChannelContext context) {
        if (isNone()) {
            return Future.succeededFuture("");
        }
        return vertx.executeBlocking(() -> isFile ? fromFile() : fromVariable(context), false);
    }

    private String fromVariable(ChannelContext context) throws ChannelFailure {
        String value = context.environment().get(place);
        return checked(value == null ? "" : value, "the environment variable " + place + " is not set");
    }

    private String fromFile() throws ChannelFailure {
        try {
            Path file = Path.of(place);
            if (Files.size(file) > MOST_BYTES) {
                throw failure(place + " is too long for a secret");
            }
            warnWhenOpen(file);
            return checked(Files.readString(file, StandardCharsets.UTF_8), place + " is empty");
        } catch (IOException | InvalidPathException e) {
            throw failure(place + " cannot be read (" + e.getClass().getSimpleName()
                    + "); it must be a file that the user of Pulseboard can read");
        }
    }

    private String checked(String value, String whenEmpty) throws ChannelFailure {
        String secret = value.strip();
        if (secret.isEmpty()) {
            throw failure(whenEmpty);
        }
        if (!secret.equals(Texts.oneLine(secret))) {
            throw failure("what " + place + " holds must be one line");
        }
        return secret;
    }

    private void warnWhenOpen(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                    && warned.compareAndSet(false, true)) {
                LOG.warn(
                        "{}: every user of this machine can read the secret in {}; close it with: chmod 600 {}",
                        key,
                        file,
                        file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("No rights of {}", file, e);
        }
    }

    private ChannelFailure failure(String what) {
        return new ChannelFailure(key + ": " + what, false, 0);
    }
}
