package pulseboard.board.sync;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.agent.Download;
import pulseboard.board.sync.coordinator.OldVersions;
import pulseboard.board.sync.wire.Identity;
import pulseboard.board.sync.wire.Wire;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Resources;

/** Old versions of files, and their contents, for people: from whichever machine has them, through here, and kept nowhere here. */
final class SyncFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SyncFiles.class);
    private static final Pattern CONTENT = Pattern.compile("[0-9a-f]{64}");
    private static final long ANSWER_MILLISECONDS = 5_000;
    private static final int SILENCE_MILLISECONDS = 20_000;
    private static final int MOST_DOWNLOADS = 4;
    private static final long TAKEN_SECONDS = 60;

    private final Vertx vertx;
    private final Context context;
    private final OldVersions versions;
    private final Identity identity;
    private final Semaphore downloads = new Semaphore(MOST_DOWNLOADS);

    /** The context is the coordinator's. */
    SyncFiles(Vertx vertx, OldVersions versions, Identity identity) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.versions = versions;
        this.identity = identity;
    }

    private static String parameter(Resources.Request request, String name) {
        String value = request.http().getParam(name);
        return value == null ? "" : value;
    }

    /** Asks the machines for what they have kept of a path. */
    void list(Resources.Request request) {
        String folder = parameter(request, "folder");
        String path = parameter(request, "path");
        context.runOnContext(now -> {
            try {
                long question =
                        versions.list(folder, path, answer -> end(request.http().response(), 200, answer));
                vertx.setTimer(ANSWER_MILLISECONDS, id -> versions.giveUp(question));
            } catch (ActionRefusal refusal) {
                refuse(request.http().response(), refusal);
            }
        });
    }

    private static void refuse(HttpServerResponse response, ActionRefusal refusal) {
        end(
                response,
                refusal.status(),
                new JsonObject().put("error", refusal.word()).put("message", refusal.getMessage()));
    }

    private static void end(HttpServerResponse response, int status, JsonObject answer) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(answer.toBuffer())
                .onFailure(gone -> LOG.debug("Nobody waits for the answer any more", gone));
    }

    /** Gives a content: the one of now, or an old one that is named. */
    void content(Resources.Request request) {
        String folder = parameter(request, "folder");
        String path = parameter(request, "path");
        String named = parameter(request, "contentId");
        HttpServerResponse response = request.http().response();
        context.runOnContext(now -> {
            try {
                String contentId = named.isEmpty() ? versions.contentOf(folder, path) : named;
                if (!CONTENT.matcher(contentId).matches()) {
                    throw new ActionRefusal(400, "bad_parameter", "contentId has 64 hexadecimal digits");
                }
                List<OldVersions.Place> places = versions.places(folder, path);
                if (!downloads.tryAcquire()) {
                    throw new ActionRefusal(503, "busy", "there are too many downloads at once");
                }
                vertx.<@Nullable Void>executeBlocking(
                                () -> {
                                    give(new Wish(folder, path, contentId), places, response);
                                    return null;
                                },
                                false)
                        .onComplete(done -> downloads.release())
                        .onFailure(failure -> broken(response, failure));
            } catch (ActionRefusal refusal) {
                refuse(response, refusal);
            }
        });
    }

    private record Wish(String folder, String path, String contentId) {}

    private static void broken(HttpServerResponse response, Throwable failure) {
        if (failure instanceof ActionRefusal refusal && !response.headWritten()) {
            refuse(response, refusal);
        } else {
            LOG.debug("A download was cut off", failure);
            response.reset(); // Whoever gets half of it is to know.
        }
    }

    private void give(Wish wish, List<OldVersions.Place> places, HttpServerResponse response) throws Exception {
        for (OldVersions.Place place : places) {
            InetSocketAddress address = new InetSocketAddress(place.host(), place.port());
            try (Wire wire = Wire.connect(identity.context(place.device()::equals), address, SILENCE_MILLISECONDS)) {
                Download download = Download.open(wire, wish.folder, wish.contentId);
                begin(wish, download.size(), response);
                download.read(bytes -> write(response, bytes));
                await(response.end());
                return;
            } catch (IOException | GeneralSecurityException e) {
                LOG.debug("The machine at {} does not give a content", address, e);
                if (response.headWritten()) {
                    throw e;
                }
            }
        }
        throw new ActionRefusal(409, "no_source", "no machine that is there has this content");
    }

    private static void begin(Wish wish, long size, HttpServerResponse response) {
        String name = wish.path.substring(wish.path.lastIndexOf('/') + 1);
        String encoded =
                java.net.URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        response.putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .putHeader("ETag", '"' + wish.contentId + '"')
                .putHeader("Content-Length", Long.toString(size));
    }

    /** Waits until it is taken: a slow reader slows down the machine that gives it. */
    private static void write(HttpServerResponse response, byte[] bytes) throws IOException {
        await(response.write(Buffer.buffer(bytes)));
    }

    private static void await(io.vertx.core.Future<Void> done) throws IOException {
        try {
            done.toCompletionStage().toCompletableFuture().get(TAKEN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | CompletionException e) {
            throw new IOException("nobody takes it any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
