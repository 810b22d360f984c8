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

    /** How large the object is; -1: it is not told. */
    public long bytes() {
        String length = header("Content-Length");
        return length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
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
