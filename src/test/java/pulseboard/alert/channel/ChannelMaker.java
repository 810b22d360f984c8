package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Makes channels for tests, on a machine with variables and names of its own. */
final class ChannelMaker {

    final Map<String, String> variables = new ConcurrentHashMap<>();
    final Map<String, InetAddress> names = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final Path folder;

    /** Who may know what is told. */
    Readers readers = Readers.ALL;

    ChannelMaker(Vertx vertx, Path folder) {
        this.vertx = vertx;
        this.folder = folder;
    }

    ChannelContext context() {
        return new ChannelContext(folder, variables::get, this::lookup, () -> Messages.AT, readers);
    }

    private InetAddress[] lookup(String name) throws UnknownHostException {
        InetAddress known = names.get(name);
        return known == null ? InetAddress.getAllByName(name) : new InetAddress[] {known};
    }

    Channel of(JsonObject settings) {
        return Channels.of(vertx, "ops", settings, context());
    }

    /** What is wrong with these settings. */
    String mistake(JsonObject settings) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> of(settings)).getMessage());
    }

    /** How it failed. */
    static ChannelFailure failure(Future<?> sent) {
        Throwable failure = assertThrows(Throwable.class, sent::await);
        if (failure instanceof CompletionException && failure.getCause() != null) {
            failure = failure.getCause();
        }
        if (failure instanceof ChannelFailure told) {
            return told;
        }
        throw new AssertionError("no ChannelFailure", failure);
    }

    /** What it says. */
    static String told(ChannelFailure failure) {
        return String.valueOf(failure.getMessage());
    }
}
