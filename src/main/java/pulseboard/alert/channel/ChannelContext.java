package pulseboard.alert.channel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What channels need of the machine that they run on.
 *
 * @param stateFolder where what a channel makes for itself is kept, such as keys
 * @param environment the variables of the environment
 * @param lookup how names become addresses
 * @param milliseconds what time it is, in Unix milliseconds
 * @param readers who may know what is told
 */
public record ChannelContext(
        Path stateFolder, Environment environment, Lookup lookup, LongSupplier milliseconds, Readers readers) {

    /** The variables of the environment. */
    @FunctionalInterface
    public interface Environment {
        /** What a variable is set to; null when it is not. */
        @Nullable
        String get(String name);
    }

    /** How names become addresses. May take long. */
    @FunctionalInterface
    public interface Lookup {
        /** All addresses of a name, the best first. */
        InetAddress[] all(String name) throws UnknownHostException;
    }

    /** As this machine is. */
    public static ChannelContext of(Path stateFolder, Readers readers) {
        return new ChannelContext(
                stateFolder, System::getenv, InetAddress::getAllByName, System::currentTimeMillis, readers);
    }
}
