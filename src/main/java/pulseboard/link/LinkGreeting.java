package pulseboard.link;

import io.vertx.core.json.JsonObject;
import java.net.URI;

/**
 * What the other end says of itself when it greets, as far as it is taken.
 *
 * @param version of its program, for people; empty: not known
 * @param clockSkewMilliseconds how far its clock is ahead of this one's
 * @param page where people find its own page; empty: it has none, or does not say where
 */
public record LinkGreeting(String version, long clockSkewMilliseconds, String page) {

    /** It says nothing. */
    static final LinkGreeting NOTHING = new LinkGreeting("", 0, "");

    private static final int MOST_VERSION = 64;
    private static final int MOST_PAGE = 200;

    /** Reads it from a greeting that came now. */
    static LinkGreeting of(JsonObject hello, long now) {
        String version = hello.getString("version", "");
        return new LinkGreeting(
                version.length() > MOST_VERSION ? "" : version,
                hello.getLong("at", now) - now,
                page(hello.getString("page", "")));
    }

    /** It becomes a link that people follow: an ordinary address of a page, or nothing. */
    private static String page(String text) {
        if (!text.matches("https?://[\\x21-\\x7e]{1," + MOST_PAGE + "}")) {
            return "";
        }
        try {
            URI uri = URI.create(text);
            boolean isPlain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return isPlain ? text : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
