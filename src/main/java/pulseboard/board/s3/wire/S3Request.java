package pulseboard.board.s3.wire;

import java.util.Map;
import java.util.TreeMap;

/**
 * One request, not signed yet.
 *
 * @param method the method of HTTP
 * @param key the object; empty: the bucket
 * @param query by name, in their order; a value may be empty
 * @param headers besides those of every request
 * @param operation what it is counted as: {@code put}, {@code list}, {@code head}, {@code abort} …
 */
public record S3Request(
        String method, String key, Map<String, String> query, Map<String, String> headers, String operation) {

    /** Copies. */
    public S3Request {
        query = new TreeMap<>(query);
        headers = new TreeMap<>(headers);
    }

    /** A request without query and headers of its own. */
    public static S3Request of(String operation, String method, String key) {
        return new S3Request(method, key, Map.of(), Map.of(), operation);
    }

    /** The same with one more member of the query. */
    public S3Request query(String name, String value) {
        Map<String, String> more = new TreeMap<>(query);
        more.put(name, value);
        return new S3Request(method, key, more, headers, operation);
    }

    /** The same with these headers, too. */
    public S3Request headers(Map<String, String> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(headers);
        more.putAll(others);
        return new S3Request(method, key, query, more, operation);
    }

    /** The same with one more header. */
    public S3Request header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new S3Request(method, key, query, more, operation);
    }
}
