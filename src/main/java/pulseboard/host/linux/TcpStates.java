package pulseboard.host.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.host.Reader;

/**
 * {@code /proc/net/tcp} and {@code tcp6}: how many sockets are in which state. The states and their numbers are those of
 * the kernel's {@code include/net/tcp_states.h}. The files have a line a socket, so they are read as a stream.
 */
public final class TcpStates implements Reader<Map<String, Integer>> {

    private static final List<String> STATES = List.of(
            "established",
            "synSent",
            "synReceived",
            "finWait1",
            "finWait2",
            "timeWait",
            "close",
            "closeWait",
            "lastAck",
            "listen",
            "closing",
            "synReceived");

    private final List<Path> files;

    /** Reads {@code net/tcp} and {@code net/tcp6} below a proc folder; the second is absent without IPv6. */
    public TcpStates(Path proc) {
        files = List.of(proc.resolve("net/tcp"), proc.resolve("net/tcp6"));
    }

    @Override
    public Map<String, Integer> read() throws IOException {
        Map<String, Integer> counts = new TreeMap<>(Map.of("established", 0, "listen", 0, "timeWait", 0));
        for (Path file : files) {
            if (Files.exists(file)) {
                try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
                    count(lines, counts);
                }
            }
        }
        return counts;
    }

    static void count(BufferedReader lines, Map<String, Integer> counts) throws IOException {
        lines.readLine();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            // "  sl: local:port remote:port st ...": the state is the two hexadecimal digits behind the third colon's
            // word.
            int remote = line.indexOf(':', line.indexOf(':', line.indexOf(':') + 1) + 1);
            int state = Integer.parseInt(line, remote + 6, remote + 8, 16);
            if (state >= 1 && state <= STATES.size()) {
                counts.merge(STATES.get(state - 1), 1, Integer::sum);
            }
        }
    }
}
