package pulseboard.web;

import java.util.List;

/**
 * Settings of the HTTP server and the bridge.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 takes any that is free
 * @param allowedOrigins origins other than the server's own whose pages may connect, such as {@code https://a.example}
 * @param allowedHosts names by which browsers may ask for this server, beside its addresses and the machine's own name
 * @param frameAncestors origins other than the server's own whose pages may show the page in a frame
 * @param publicValues names of values that strangers may see, as badge, widget and JSON
 * @param trustedProxies addresses or CIDR blocks whose {@code X-Forwarded-For} and {@code X-Forwarded-Host} are believed
 * @param maxViewers open sockets and streams at once, 1 to 1000000; each takes some 20 KiB of heap
 * @param maxHandlersPerSocket registrations and unanswered requests of one socket, 1 to 1000
 * @param maxMessageBytes the largest message taken from a viewer, 256 to 1048576
 * @param pingTimeoutSeconds a socket that has not pinged for so long is closed, 30 to 3600; browsers let a hidden tab ping
 *     only once a minute
 * @param writeTimeoutSeconds a connection on which no write was completed for so long is closed, 10 to 3600; a living one
 *     gets a heartbeat every 5 s
 */
public record WebConfig(
        String host,
        int port,
        List<String> allowedOrigins,
        List<String> allowedHosts,
        List<String> frameAncestors,
        List<String> publicValues,
        List<String> trustedProxies,
        int maxViewers,
        int maxHandlersPerSocket,
        int maxMessageBytes,
        int pingTimeoutSeconds,
        int writeTimeoutSeconds) {

    private static final int FURTHER_CONNECTIONS = 256;

    /** What is used unless somebody says otherwise. */
    public static final WebConfig DEFAULT = new WebConfig(
            "127.0.0.1", 8080, List.of(), List.of(), List.of(), List.of(), List.of(), 1000, 32, 4096, 150, 15);

    /** Checks every value. */
    public WebConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHosts = List.copyOf(allowedHosts);
        frameAncestors = List.copyOf(frameAncestors);
        publicValues = List.copyOf(publicValues);
        trustedProxies = List.copyOf(trustedProxies);
        new Proxies(trustedProxies); // Refuses what is no address.
        if (host.isBlank()) {
            throw new IllegalArgumentException("web.host must not be empty; 127.0.0.1 is this machine only");
        }
        requireRange("web.port", port, 0, 65_535);
        requireRange("web.maxViewers", maxViewers, 1, 1_000_000);
        requireRange("web.maxHandlersPerSocket", maxHandlersPerSocket, 1, 1000);
        requireRange("web.maxMessageBytes", maxMessageBytes, 256, 1 << 20);
        requireRange("web.pingTimeoutSeconds", pingTimeoutSeconds, 30, 3600);
        requireRange("web.writeTimeoutSeconds", writeTimeoutSeconds, 10, 3600);
        requireOrigins("web.allowedOrigins", allowedOrigins);
        requireOrigins("web.frameAncestors", frameAncestors);
        if (!publicValues.stream().allMatch(name -> name.matches("[a-z][A-Za-z0-9-]*"))) {
            throw new IllegalArgumentException(
                    "web.publicValues must hold names of values such as cpu, not " + String.join(", ", publicValues));
        }
        for (String name : allowedHosts) {
            if (!name.matches("[A-Za-z0-9._-]+")) {
                throw new IllegalArgumentException(
                        "web.allowedHosts must hold names such as monitor.example, without scheme and port, not "
                                + name);
            }
        }
    }

    private static void requireOrigins(String key, List<String> origins) {
        for (String origin : origins) {
            if (!origin.matches("https?://[^/\\s;,]+")) {
                throw new IllegalArgumentException(key + " must hold origins such as https://a.example, not " + origin);
            }
        }
    }

    /** How many connections may be open at once: those of the viewers, and some more for other requests. */
    int maxConnections() {
        return maxViewers + FURTHER_CONNECTIONS;
    }

    private static void requireRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
