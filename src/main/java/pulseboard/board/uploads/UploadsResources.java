package pulseboard.board.uploads;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.uploads.cloudplow.Cloudplow;
import pulseboard.board.uploads.engine.FileHistory;
import pulseboard.board.uploads.engine.SessionHistory;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** What the board serves beside its state. It is asked on loops of the web side, where nothing may read the disk. */
final class UploadsResources {

    private static final Logger LOG = LoggerFactory.getLogger(UploadsResources.class);
    private static final String JSON = "application/json";
    private static final String CSV = "text/csv; charset=utf-8";
    private static final long HISTORY_MILLISECONDS = TimeUnit.DAYS.toMillis(30);
    private static final int USUAL_FILES = 1_000;
    private static final int MOST_FILES = 10_000;

    /** What was. */
    record Past(SessionHistory sessions, FileHistory files) {}

    private final Vertx vertx;
    private final Past past;
    private final Supplier<JsonObject> state;

    /** Of this state of the board, which is never changed, only replaced. */
    UploadsResources(Vertx vertx, Past past, Supplier<JsonObject> state) {
        this.vertx = vertx;
        this.past = past;
        this.state = state;
    }

    void answerBy(FeedPublisher publisher) {
        publisher.onRequest(
                UploadsInfo.SESSIONS,
                request -> answer(request, JSON, past.sessions.toJson().encode()));
        publisher.onRequest(UploadsInfo.SESSIONS_CSV, request -> answer(request, CSV, past.sessions.toCsv()));
        publisher.onRequest(UploadsInfo.FILES, request -> {
            FileHistory.Query query = query(request.http());
            look(request, JSON, () -> past.files.toJson(query).encode());
        });
        publisher.onRequest(UploadsInfo.FILES_CSV, request -> {
            FileHistory.Query query = query(request.http());
            look(request, CSV, () -> past.files.toCsv(query));
        });
        for (ResourceInfo resource : UploadsInfo.CLOUDPLOW) {
            publisher.onRequest(resource, request -> tellCloudplow(resource, request));
        }
    }

    private static void answer(Resources.Request request, String type, String body) {
        request.http()
                .response()
                .putHeader("Content-Type", type)
                .end(body)
                .onFailure(gone -> LOG.debug("Whoever asked has gone", gone));
    }

    private void look(Resources.Request request, String type, Callable<String> body) {
        vertx.executeBlocking(body)
                .onSuccess(text -> answer(request, type, text))
                .onFailure(failure -> {
                    LOG.warn("The files of former sessions cannot be read", failure);
                    request.http().response().setStatusCode(500).end();
                });
    }

    private static FileHistory.Query query(HttpServerRequest http) {
        return new FileHistory.Query(
                http.getParam("uploader", ""),
                http.getParam("session", ""),
                http.getParam("result", ""),
                http.getParam("path", ""),
                number(http.getParam("before", ""), Long.MAX_VALUE),
                (int) Math.max(1, Math.min(MOST_FILES, number(http.getParam("limit", ""), USUAL_FILES))));
    }

    private static long number(String text, long otherwise) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
    }

    private void tellCloudplow(ResourceInfo resource, Resources.Request request) {
        String path =
                resource.path().substring(resource.path().indexOf('/') + 1).replace('-', '_');
        String uploader = request.http().getParam("uploader", "");
        Cloudplow cloudplow = new Cloudplow(state.get(), System.currentTimeMillis());
        if (path.equals(Cloudplow.HISTORY)) {
            look(
                    request,
                    JSON,
                    () -> cloudplow.transferHistory(spreads(), uploader).encode());
            return;
        }
        request.http().response().setStatusCode(path.equals("health") && cloudplow.isDegraded() ? 503 : 200);
        answer(request, JSON, cloudplow.body(path, uploader));
    }

    private Map<String, JsonObject> spreads() throws IOException {
        Map<String, JsonObject> spreads = new TreeMap<>();
        for (String name :
                state.get().getJsonObject("uploaders", new JsonObject()).fieldNames()) {
            spreads.put(name, past.files.spread(name, System.currentTimeMillis() - HISTORY_MILLISECONDS));
        }
        return spreads;
    }
}
