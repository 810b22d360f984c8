package pulseboard.board.s3.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A bucket and how it is reached.
 *
 * @param isTls whether by HTTPS
 * @param host the name of the server, which is also the {@code Host} of requests
 * @param port its port
 * @param root what paths begin with: nothing, or a slash and the bucket
 * @param bucket the bucket
 * @param region the region that requests are signed for
 */
public record Target(boolean isTls, String host, int port, String root, String bucket, String region) {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /** The bucket at this address; where it is empty, at Amazon. */
    public static Target of(String endpoint, String bucket, String region) {
        if (endpoint.isEmpty()) {
            // A name with dots fits no certificate of theirs, so it goes into the path.
            boolean isInPath = bucket.contains(".");
            String host = "s3." + region + ".amazonaws.com";
            return new Target(
                    true, isInPath ? host : bucket + "." + host, 443, isInPath ? "/" + bucket : "", bucket, region);
        }
        URI address = URI.create(endpoint);
        boolean isTls = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : isTls ? 443 : 80;
        return new Target(isTls, Objects.requireNonNull(address.getHost()), port, "/" + bucket, bucket, region);
    }

    /** Whether this name can only be this machine. */
    public static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    /** The header {@code Host}. */
    String authority() {
        return port == (isTls ? 443 : 80) ? host : host + ":" + port;
    }

    /** The server's address for people. */
    public String address() {
        return (isTls ? "https://" : "http://") + authority();
    }

    /** The path of an object, or of the bucket where the key is empty. */
    String path(String key) {
        String path = root + (key.isEmpty() ? "" : "/" + encoded(key, true));
        return path.isEmpty() ? "/" : path;
    }

    /** An object as the source of a copy. */
    String source(String key) {
        return "/" + bucket + "/" + encoded(key, true);
    }

    /** The query as it stands in the address and in the signature. */
    static String query(Map<String, String> query) {
        return query.entrySet().stream()
                .map(each -> encoded(each.getKey(), false) + "=" + encoded(each.getValue(), false))
                .collect(Collectors.joining("&"));
    }

    /** Percent encoding as S3 signs it: of UTF-8, with capitals. */
    private static String encoded(String text, boolean isPath) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(each) >= 0 || (isPath && each == '/')) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(hex(each >> 4)).append(hex(each));
            }
        }
        return encoded.toString();
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit & 15);
    }
}
