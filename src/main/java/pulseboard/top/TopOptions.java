package pulseboard.top;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param address of the Pulseboard, such as {@code https://monitor.example/}
 * @param token to show there; null for none
 * @param board the name of the board to show; empty for the host's; one of {@link Top#BOARDS}
 * @param job the part of that board to show; empty for the one that is under way
 * @param machine a machine that is linked there; empty for the one that it runs on
 * @param caFile certificates (PEM) to trust instead of those that Java brings; null for those
 * @param isOnce whether to print once and end
 * @param isJson whether to print JSON
 * @param isPlain whether to print lines also where there is a screen
 * @param intervalSeconds time between two lines
 */
public record TopOptions(
        String address,
        @Nullable String token,
        String board,
        String job,
        String machine,
        @Nullable Path caFile,
        boolean isOnce,
        boolean isJson,
        boolean isPlain,
        int intervalSeconds) {

    /** Whether lines are wanted, and no screen. */
    boolean wantsLines() {
        return isOnce || isJson || isPlain;
    }
}
