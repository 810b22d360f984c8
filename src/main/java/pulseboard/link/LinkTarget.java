package pulseboard.link;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a link goes to.
 *
 * @param hub the address of the Pulseboard that is to show the boards, such as {@code https://monitor.example/}
 * @param token what it is shown instead of a password; it says there which boards are taken
 * @param caFile certificates (PEM) that are trusted, instead of those that Java trusts; null for those
 * @param pin the key that is trusted, instead of certificates; null for those
 * @param isWorker whether this is a process of the same machine, which also does what its boards' actions say
 */
public record LinkTarget(
        URI hub,
        String token,
        @Nullable Path caFile,
        @Nullable KeyPin pin,
        boolean isWorker) {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /**
     * Checks the address.
     *
     * @param isPlainAllowed whether the token may travel to another machine unencrypted
     * @throws IllegalArgumentException when it is none, or not safe; the message says what is wrong
     */
    public static LinkTarget of(String address, String token, @Nullable Path caFile, boolean isPlainAllowed) {
        String whole = address.matches("(?i)[a-z][a-z0-9+.-]*://.*") ? address : "https://" + address;
        URI hub = uri(whole.endsWith("/") ? whole : whole + "/");
        if (hub.getScheme().equalsIgnoreCase("http") && !isLoopback(hub.getHost()) && !isPlainAllowed) {
            throw new IllegalArgumentException(address
                    + " is not encrypted, and everybody on the way could read the token; use https://, or say --plain");
        }
        if (caFile != null && !Files.isReadable(caFile)) {
            throw new IllegalArgumentException("there is no file " + caFile + " that can be read");
        }
        return new LinkTarget(hub, token, caFile, null, false);
    }

    /** The same for a process of the same machine. */
    public LinkTarget asWorker() {
        return new LinkTarget(hub, token, caFile, pin, true);
    }

    /** The same, trusting this key and no other; null: certificates. */
    public LinkTarget pinned(@Nullable KeyPin key) {
        return new LinkTarget(hub, token, caFile, key, isWorker);
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && String.valueOf(uri.getScheme()).matches("(?i)https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new IllegalArgumentException(text + " is not an address such as https://monitor.example/");
    }

    private static boolean isLoopback(String host) {
        return host.matches("(?i)localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    }

    boolean isEncrypted() {
        return hub.getScheme().equalsIgnoreCase("https");
    }

    /** The name or address without the brackets of IPv6. */
    String host() {
        return hub.getHost().replaceAll("[\\[\\]]", "");
    }

    int port() {
        return hub.getPort() >= 0 ? hub.getPort() : isEncrypted() ? HTTPS_PORT : HTTP_PORT;
    }

    String path() {
        return hub.getRawPath() + (isWorker ? "api/work/link" : "api/agents/link");
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return hub.toString();
    }
}
