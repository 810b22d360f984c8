package pulseboard.board.sync;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.agent.Download;
import pulseboard.board.sync.agent.Upload;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.content.ListDelta;
import pulseboard.board.sync.coordinator.Contents;
import pulseboard.board.sync.coordinator.OldVersions;
import pulseboard.board.sync.wire.Identity;
import pulseboard.board.sync.wire.Wire;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Resources;

/** Contents of files for people, from whichever machine has them and to the one that they name: through here, and kept nowhere here. */
final class SyncContents {

    private static final Logger LOG = LoggerFactory.getLogger(SyncContents.class);
    private static final int SILENCE_MILLISECONDS = 20_000;
    private static final int MOST_AT_ONCE = 4;
    private static final long TAKEN_SECONDS = 60;

    private final Vertx vertx;
    private final Context context;
    private final Contents contents;
    private final Identity identity;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    /** The context is the coordinator's. */
    SyncContents(Vertx vertx, Contents contents, Identity identity) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.contents = contents;
        this.identity = identity;
    }

    Contents contents() {
        return contents;
    }

    /** What is done on a thread that may wait, when it is known what is wanted. */
    private interface Job<T> {
        void run(T wanted) throws Exception;
    }

    private interface Question<T> {
        T ask();
    }

    private <T> void run(HttpServerResponse response, Question<T> question, Job<T> job) {
        context.runOnContext(now -> {
            try {
                T wanted = question.ask();
                if (!free.tryAcquire()) {
                    throw new ActionRefusal(503, "busy", "there are too many files on their way at once");
                }
                vertx.<@Nullable Void>executeBlocking(
                                () -> {
                                    job.run(wanted);
                                    return null;
                                },
                                false)
                        .onComplete(done -> free.release())
                        .onFailure(failure -> broken(response, failure));
            } catch (ActionRefusal refusal) {
                SyncResources.refuse(response, refusal);
            }
        });
    }

    private static void broken(HttpServerResponse response, Throwable failure) {
        if (failure instanceof ActionRefusal refusal && !response.headWritten()) {
            SyncResources.refuse(response, refusal);
        } else {
            LOG.warn("A file on its way was cut off: {}", String.valueOf(failure));
            LOG.debug("It was cut off here", failure);
            response.reset(); // Whoever gets half of it is to know.
        }
    }

    private Wire connect(Contents.Place place) throws IOException, GeneralSecurityException {
        InetSocketAddress address = new InetSocketAddress(place.host(), place.port());
        return Wire.connect(identity.context(place.device()::equals), address, SILENCE_MILLISECONDS);
    }

    /** What is done with a content that some machine has. */
    private interface Use {
        void use(Wire wire, Download download) throws IOException;
    }

    /** Asks one machine after the other. */
    private void from(Contents.Wanted wanted, HttpServerResponse response, Use use) throws Exception {
        for (Contents.Place place : wanted.places()) {
            try (Wire wire = connect(place)) {
                use.use(wire, Download.open(wire, wanted.folder(), wanted.contentId()));
                return;
            } catch (IOException | GeneralSecurityException e) {
                LOG.debug("{} does not give a content", place.name(), e);
                if (response.headWritten()) {
                    throw e;
                }
            }
        }
        throw new ActionRefusal(409, "no_source", "no machine that is there has this content");
    }

    /** Gives a content: the one of now, or an old one that is named; a part of it, or what it would be. */
    void content(Resources.Request request) {
        HttpServerRequest http = request.http();
        HttpServerResponse response = http.response();
        JsonObject asked = SyncResources.asked(request);
        run(response, () -> contents.wanted(asked, "contentId"), wanted -> {
            String tag = '"' + wanted.contentId() + '"';
            if (tag.equals(http.getHeader("If-None-Match"))) {
                await(response.setStatusCode(304).putHeader("ETag", tag).end());
                return;
            }
            from(wanted, response, (wire, download) -> give(http, wanted, download));
        });
    }

    private static void give(HttpServerRequest http, Contents.Wanted wanted, Download download) throws IOException {
        HttpServerResponse response = http.response();
        String tag = '"' + wanted.contentId() + '"';
        String ifRange = http.getHeader("If-Range");
        boolean isOther = ifRange != null && !ifRange.equals(tag);
        ByteRange range = ByteRange.of(isOther ? null : http.getHeader("Range"), download.size());
        if (range == null) {
            response.putHeader("Content-Range", "bytes */" + download.size());
            throw new ActionRefusal(416, "bad_range", "the file has " + download.size() + " bytes");
        }
        String name = wanted.path().substring(wanted.path().lastIndexOf('/') + 1);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        response.putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("ETag", tag)
                .putHeader("Content-Length", Long.toString(range.length()));
        if (range.length() < download.size()) {
            response.setStatusCode(206).putHeader("Content-Range", range.header(download.size()));
        }
        if (!http.method().name().equals("HEAD")) {
            download.read(range.from(), range.to(), bytes -> await(response.write(Buffer.buffer(bytes))));
        }
        await(response.end());
    }

    /** Waits until it is taken: a slow reader slows down the machine that gives it. */
    private static void await(Future<Void> done) throws IOException {
        try {
            done.toCompletionStage().toCompletableFuture().get(TAKEN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            throw new IOException("nobody takes it any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** How a content is cut. */
    void chunks(Resources.Request request) {
        HttpServerResponse response = request.http().response();
        JsonObject asked = SyncResources.asked(request);
        run(
                response,
                () -> contents.chunks(asked),
                chunks -> from(chunks.wanted(), response, (wire, download) -> {
                    Content list = download.list();
                    JsonArray all = new JsonArray();
                    for (int chunk = chunks.first(); chunk < list.chunks() && all.size() < chunks.most(); chunk++) {
                        byte[] hash = new byte[Content.HASH];
                        ByteBuffer unused = list.hash(chunk).get(hash);
                        all.add(new JsonObject()
                                .put("offset", list.offset(chunk))
                                .put("length", list.length(chunk))
                                .put("sha256", HexFormat.of().formatHex(hash)));
                    }
                    JsonObject answer = new JsonObject()
                            .put("contentId", chunks.wanted().contentId())
                            .put("sizeBytes", list.size())
                            .put("count", list.chunks())
                            .put("chunks", all);
                    await(SyncResources.json(response, 200, answer));
                }));
    }

    /** What it costs to get from one content of a file to another one. */
    void delta(Resources.Request request) {
        HttpServerResponse response = request.http().response();
        JsonObject asked = SyncResources.asked(request);
        run(
                response,
                () -> new Contents.Wanted[] {contents.wanted(asked, "from"), contents.wanted(asked, "to")},
                both -> from(both[0], response, (wire, download) -> {
                    Content now = Download.again(wire, both[1].contentId()).list();
                    await(SyncResources.json(response, 200, costs(download.list(), now)));
                }));
    }

    private static JsonObject costs(Content old, Content now) {
        Set<ByteBuffer> known = new HashSet<>();
        for (int chunk = 0; chunk < old.chunks(); chunk++) {
            known.add(old.hash(chunk));
        }
        long reused = 0;
        int chunks = 0;
        for (int chunk = 0; chunk < now.chunks(); chunk++) {
            boolean isKnown = known.contains(now.hash(chunk));
            reused += isKnown ? now.length(chunk) : 0;
            chunks += isKnown ? 1 : 0;
        }
        return new JsonObject()
                .put("sizeBytes", now.size())
                .put("reusedBytes", reused)
                .put("newBytes", now.size() - reused)
                .put("listBytes", ListDelta.encode(old, now).length)
                .put("chunks", now.chunks())
                .put("reusedChunks", chunks);
    }

    /** Puts what comes into the folder of a machine. */
    void put(Resources.Request request) {
        HttpServerRequest http = request.http();
        RequestBody body = new RequestBody(vertx, http);
        JsonObject asked = SyncResources.asked(request);
        String ifMatch = http.getHeader("If-Match");
        long size = size(http);
        http.response().endHandler(ended -> body.drop());
        run(http.response(), () -> contents.target(asked, ifMatch), target -> put(target, body, size, http.response()));
    }

    private static long size(HttpServerRequest http) {
        String length = http.getHeader("Content-Length");
        return length == null ? 0 : Long.parseLong(length); // It was read as a number before.
    }

    private void put(Contents.Target target, RequestBody body, long size, HttpServerResponse response)
            throws Exception {
        try (Wire wire = connect(target.place())) {
            Upload upload = Upload.open(wire, target.folder());
            require(upload.begin(target.path(), target.version(), size));
            for (byte[] bytes = body.next(); bytes.length > 0; bytes = body.next()) {
                upload.write(bytes);
            }
            require(upload.end());
            JsonObject answer = new JsonObject()
                    .put("node", target.place().name())
                    .put("contentId", upload.contentId())
                    .put("sizeBytes", upload.sizeBytes());
            await(SyncResources.json(response, target.version().isEmpty() ? 201 : 200, answer));
        } catch (java.net.ConnectException e) {
            throw OldVersions.refusal("node_offline");
        }
    }

    private static void require(String word) {
        if (!word.isEmpty()) {
            throw OldVersions.refusal(word);
        }
    }
}
