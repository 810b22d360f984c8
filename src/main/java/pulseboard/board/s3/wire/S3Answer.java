package pulseboard.board.s3.wire;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param status the status of HTTP
 * @param headers its headers; the case of names does not matter
 * @param body its body
 */
public record S3Answer(int status, Map<String, String> headers, Buffer body) {

    /** Whether it was done. */
    boolean isGood() {
        return status >= 200 && status < 300;
    }

    /** The entity tag without quotes; empty where there is none. */
    public String etag() {
        return unquoted(headers.get("ETag"));
    }

    /** A header; empty where there is none. */
    public String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    static String unquoted(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }
}
