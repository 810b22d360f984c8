package pulseboard.board.s3.wire;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a bucket and changes nothing. Every method waits for the answer, and throws an {@link S3Failure} unless it was
 * done. Thread-safe.
 */
public class BucketReader {

    private static final String PAGE = "1000";

    private final S3Client client;

    /** By this client. */
    public BucketReader(S3Client client) {
        this.client = client;
    }

    /** Makes a request. */
    final S3Answer exchange(S3Request request, @Nullable Body body) throws IOException, InterruptedException {
        return client.exchange(request, body);
    }

    /** The objects whose keys begin so, a page of them. */
    public ListPage list(String prefix, @Nullable String token) throws IOException, InterruptedException {
        S3Request request = S3Request.of("list", "GET", "")
                .query("list-type", "2")
                .query("max-keys", PAGE)
                .query("encoding-type", "url");
        if (!prefix.isEmpty()) {
            request = request.query("prefix", prefix);
        }
        if (token != null) {
            request = request.query("continuation-token", token);
        }
        return Xml.page(exchange(request, null).body());
    }

    /** What there is under this key, if anything. */
    public Optional<S3Answer> head(String key) throws IOException, InterruptedException {
        return head(S3Request.of("head", "HEAD", key));
    }

    /** The same with checksums, if the server has any. */
    public Optional<S3Answer> headWithChecksums(String key) throws IOException, InterruptedException {
        return head(S3Request.of("head", "HEAD", key).header("x-amz-checksum-mode", "ENABLED"));
    }

    private Optional<S3Answer> head(S3Request request) throws IOException, InterruptedException {
        try {
            return Optional.of(exchange(request, null));
        } catch (S3Failure failure) {
            if (failure.status() == 404) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Reads an object to its end, piece by piece. */
    public void read(String key, Consumer<byte[]> sink) throws IOException, InterruptedException {
        S3Answer unused = client.exchange(S3Request.of("get", "GET", key), null, sink);
    }

    /** How an object is named as the source of a copy. */
    final String source(String key) {
        return client.source(key);
    }

    /** The parts of an upload that the server has, by their numbers. */
    public Map<Integer, PartInfo> parts(Upload upload) throws IOException, InterruptedException {
        Map<Integer, PartInfo> all = new TreeMap<>();
        while (true) {
            S3Request request = S3Request.of("list", "GET", upload.key()).query("uploadId", upload.id());
            if (!all.isEmpty()) {
                request = request.query(
                        "part-number-marker", Integer.toString(((TreeMap<Integer, PartInfo>) all).lastKey()));
            }
            Buffer page = exchange(request, null).body();
            Map<Integer, PartInfo> more = Xml.parts(page);
            boolean isNew = all.keySet().containsAll(more.keySet());
            all.putAll(more);
            if (isNew || !Xml.text(page, "IsTruncated").equals("true")) {
                return all;
            }
        }
    }
}
