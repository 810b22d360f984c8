package pulseboard.board.s3.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The same, and what changes it. Thread-safe. */
public final class Bucket extends BucketReader {

    /** By this client. */
    public Bucket(S3Client client) {
        super(client);
    }

    /** Makes an object of this. */
    public S3Answer put(String key, Map<String, String> headers, Body body) throws IOException, InterruptedException {
        return exchange(S3Request.of("put", "PUT", key).headers(headers), body);
    }

    /** Begins an upload in parts, and returns its id. */
    public String begin(String key, Map<String, String> headers) throws IOException, InterruptedException {
        S3Request request =
                S3Request.of("put", "POST", key).query("uploads", "").headers(headers);
        String id = Xml.text(exchange(request, null).body(), "UploadId");
        if (id.isEmpty()) {
            throw new S3Failure("badAnswer", "the server began an upload and does not say which", null);
        }
        return id;
    }

    /** Sends a part of an upload. */
    public S3Answer part(Upload upload, int number, Map<String, String> headers, Body body)
            throws IOException, InterruptedException {
        S3Request request = S3Request.of("put", "PUT", upload.key())
                .query("partNumber", Integer.toString(number))
                .query("uploadId", upload.id());
        return exchange(request.headers(headers), body);
    }

    /** Makes an object of the parts of an upload. */
    public void complete(Upload upload, Map<Integer, PartInfo> parts, Map<String, String> headers)
            throws IOException, InterruptedException {
        StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
        parts.forEach((number, part) -> list.append("<Part><PartNumber>")
                .append(number)
                .append("</PartNumber><ETag>&quot;")
                .append(part.etag())
                .append("&quot;</ETag></Part>"));
        byte[] document = list.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8);
        S3Request request = S3Request.of("put", "POST", upload.key()).query("uploadId", upload.id());
        S3Answer answer = exchange(request.headers(headers), new TextBody(document));
        requireNoError(answer, "put");
    }

    /** Gives an upload up. That it is not known there any more is as good. */
    public void abort(Upload upload) throws IOException, InterruptedException {
        try {
            exchange(S3Request.of("abort", "DELETE", upload.key()).query("uploadId", upload.id()), null);
        } catch (S3Failure failure) {
            if (failure.status() != 404) {
                throw failure;
            }
        }
    }

    /** Makes an object of another one of this bucket, of up to 5 GiB. */
    public void copy(String from, String to) throws IOException, InterruptedException {
        S3Answer answer = exchange(S3Request.of("copy", "PUT", to).header("x-amz-copy-source", source(from)), null);
        requireNoError(answer, "copy");
    }

    /** It begins to answer before it knows whether it can. */
    private static void requireNoError(S3Answer answer, String operation) throws S3Failure {
        if (!Xml.text(answer.body(), "Code").isEmpty()) {
            throw S3Failure.of(new S3Answer(500, answer.headers(), answer.body()), operation);
        }
    }

    /**
     * Removes objects, at most 1,000. Those that are not there count as removed.
     *
     * @return what went wrong, in the server's words, by key
     */
    public Map<String, String> delete(List<String> keys) throws IOException, InterruptedException {
        StringBuilder list = new StringBuilder("<Delete><Quiet>true</Quiet>");
        List<String> others = new ArrayList<>();
        for (String key : keys) {
            if (Xml.isText(key)) {
                list.append("<Object><Key>").append(Xml.escaped(key)).append("</Key></Object>");
            } else {
                others.add(key);
            }
        }
        for (String key : others) {
            exchange(S3Request.of("delete", "DELETE", key), null);
        }
        if (others.size() == keys.size()) {
            return Map.of();
        }
        byte[] document = list.append("</Delete>").toString().getBytes(StandardCharsets.UTF_8);
        S3Request request = S3Request.of("delete", "POST", "")
                .query("delete", "")
                .header("Content-MD5", md5(document))
                .header("Content-Type", "application/xml");
        return Xml.failures(exchange(request, new TextBody(document)).body());
    }

    private static String md5(byte[] document) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(document));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TextBody implements Body {
        private final byte[] text;
        private int at;

        TextBody(byte[] text) {
            this.text = text;
        }

        @Override
        public long bytes() {
            return text.length;
        }

        @Override
        public int read(ByteBuffer chunk) {
            int count = Math.min(chunk.remaining(), text.length - at);
            chunk.put(text, at, count);
            at += count;
            return count;
        }

        @Override
        public void sent(int bytes) {}
    }
}
