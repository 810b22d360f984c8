package pulseboard.link;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a link goes to.
 *
 * @param hubs the addresses of the Pulseboard that is to show the boards, such as {@code https://monitor.example/}; where it has several,
 *     they are tried in turn
 * @param token what it is shown instead of a password; it says there which boards are taken
 * @param caFile certificates (PEM) that are trusted, instead of those that Java trusts; null for those
 * @param pin the key that is trusted, instead of certificates; null for those
 * @param isWorker whether this is a process of the same machine, which also does what its boards' actions say
 */
public record LinkTarget(
        List<URI> hubs,
        String token,
        @Nullable Path caFile,
        @Nullable KeyPin pin,
        boolean isWorker) {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** Copies. */
    public LinkTarget {
        hubs = List.copyOf(hubs);
    }

    /**
     * Checks the address, or several with commas between.
     *
     * @param isPlainAllowed whether the token may travel to another machine unencrypted
     * @throws IllegalArgumentException when it is none, or not safe; the message says what is wrong
     */
    public static LinkTarget of(String address, String token, @Nullable Path caFile, boolean isPlainAllowed) {
        List<URI> hubs = Arrays.stream(address.split(",", -1))
                .map(each -> hub(each.strip(), isPlainAllowed))
                .toList();
        if (caFile != null && !Files.isReadable(caFile)) {
            throw new IllegalArgumentException("there is no file " + caFile + " that can be read");
        }
        return new LinkTarget(hubs, token, caFile, null, false);
    }

    private static URI hub(String address, boolean isPlainAllowed) {
        String whole = address.matches("(?i)[a-z][a-z0-9+.-]*://.*") ? address : "https://" + address;
        URI hub = uri(whole.endsWith("/") ? whole : whole + "/");
        if (hub.getScheme().equalsIgnoreCase("http") && !isLoopback(hub.getHost()) && !isPlainAllowed) {
            throw new IllegalArgumentException(address
                    + " is not encrypted, and everybody on the way could read the token; use https://, or say --plain");
        }
        return hub;
    }

    /** The first of its addresses. */
    public URI hub() {
        return hubs.get(0);
    }

    /** The same with another address first, after so many attempts. */
    LinkTarget turned(int attempts) {
        List<URI> turned = new ArrayList<>(hubs);
        Collections.rotate(turned, -attempts);
        return new LinkTarget(turned, token, caFile, pin, isWorker);
    }

    /** The same for a process of the same machine. */
    public LinkTarget asWorker() {
        return new LinkTarget(hubs, token, caFile, pin, true);
    }

    /** The same, trusting this key and no other; null: certificates. */
    public LinkTarget pinned(@Nullable KeyPin key) {
        return new LinkTarget(hubs, token, caFile, key, isWorker);
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

    /** Whether one of these addresses, with commas between, is another machine's and not encrypted: whoever links to it has to allow that. */
    public static boolean isPlain(String addresses) {
        try {
            LinkTarget unused = of(addresses, "any", null, false);
            return false;
        } catch (IllegalArgumentException e) {
            return addresses.contains("http://");
        }
    }

    private static boolean isLoopback(String host) {
        return host.matches("(?i)localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    }

    boolean isEncrypted() {
        return hub().getScheme().equalsIgnoreCase("https");
    }

    /** The name or address without the brackets of IPv6. */
    String host() {
        return hub().getHost().replaceAll("[\\[\\]]", "");
    }

    int port() {
        return hub().getPort() >= 0 ? hub().getPort() : isEncrypted() ? HTTPS_PORT : HTTP_PORT;
    }

    String path() {
        return hub().getRawPath() + (isWorker ? "api/work/link" : "api/agents/link");
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return hubs.stream().map(URI::toString).collect(Collectors.joining(", "));
    }
}
