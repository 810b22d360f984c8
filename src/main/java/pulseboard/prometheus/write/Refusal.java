package pulseboard.prometheus.write;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a server said when it refused a request, made fit for a log: its first words, in one line, without anything secret. */
final class Refusal {

    /** What is read of an answer, at most. */
    static final int MOST_BYTES = 4096;

    private static final int MOST_CHARACTERS = 160;

    private static final int LEAST_SECRET = 4;

    private Refusal() {}

    /**
     * The first words of an answer; empty when there are none.
     *
     * @param server its address, whose query may be secret
     * @param shown what signed in, which a server may repeat
     */
    static String words(Buffer body, URI server, List<String> shown) {
        String text = body.toString(StandardCharsets.UTF_8);
        for (String secret : secrets(server, shown)) {
            text = text.replace(secret, "…");
        }
        String line = text.replaceAll("[\\p{Cntrl}\\s\\p{Cf}]+", " ").strip();
        return line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "…" : line;
    }

    private static List<String> secrets(URI server, List<String> shown) {
        List<String> secrets = new ArrayList<>(shown);
        String query = server.getRawQuery();
        if (query != null) {
            secrets.add(query);
            for (String part : query.split("&", -1)) {
                String value = part.substring(part.indexOf('=') + 1);
                if (value.length() >= LEAST_SECRET) { // Shorter ones are in half of all words.
                    secrets.add(value);
                }
            }
        }
        secrets.removeIf(String::isEmpty);
        return secrets;
    }
}
