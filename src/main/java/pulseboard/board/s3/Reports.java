package pulseboard.board.s3;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** Runs that other programs tell of: each batch of calls is done wholly, or not at all. Used on the context of the verticle. */
final class Reports {

    static final ResourceInfo TELL =
            new ResourceInfo("POST", "reports/:name", "Tells of a run of another program, a JSON object a line");
    static final ResourceInfo SUMMARY = new ResourceInfo("GET", "reports/:name", "What was told of it");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    private static final int MOST = 16;
    private static final int MOST_BYTES = 1_048_576;

    private final S3Config config;
    private final Context context;
    private final BiConsumer<String, JsonObject> shown;
    private final Map<String, Report> all = new TreeMap<>();

    /** Shows each as a job, on this context. */
    Reports(S3Config config, Context context, BiConsumer<String, JsonObject> shown) {
        this.config = config;
        this.context = context;
        this.shown = shown;
    }

    void serve(FeedPublisher publisher) {
        publisher.onRequest(TELL, request -> {
            HttpServerRequest http = request.http();
            Buffer body = Buffer.buffer();
            http.handler(part -> {
                if (body.length() <= MOST_BYTES) {
                    body.appendBuffer(part);
                }
            });
            http.endHandler(end -> answer(request, () -> tell(name(request), body)));
        });
        publisher.onRequest(
                SUMMARY,
                request -> answer(request, () -> {
                    Report report = all.get(name(request));
                    if (report == null) {
                        throw new ActionRefusal(404, "unknown_run", "nobody has reported a run of this name");
                    }
                    return report.summary(System.currentTimeMillis());
                }));
    }

    private static String name(Resources.Request request) {
        return request.path().getOrDefault("name", "");
    }

    private interface Answer {
        JsonObject make();
    }

    private void answer(Resources.Request request, Answer answer) {
        context.runOnContext(nothing -> {
            int status = 200;
            JsonObject json;
            try {
                json = answer.make();
            } catch (ActionRefusal refusal) {
                status = refusal.status();
                json = new JsonObject()
                        .put("error", refusal.word())
                        .put("message", String.valueOf(refusal.getMessage()));
            }
            request.http()
                    .response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(json.encode())
                    .onFailure(gone -> {});
        });
    }

    private JsonObject tell(String name, Buffer body) {
        if (!NAME.matcher(name).matches() || config.jobs().containsKey(name)) {
            throw new ActionRefusal(
                    409,
                    "name_taken",
                    "a report needs a name of small letters, digits, hyphens and underscores that no job has");
        }
        if (body.length() > MOST_BYTES) {
            throw new ActionRefusal(413, "too_large", "no more than a mebibyte of calls at once");
        }
        if (!all.containsKey(name) && all.size() == MOST) {
            throw new ActionRefusal(409, "too_many_reports", "there are " + MOST + " reported runs already");
        }
        JsonArray calls;
        try {
            calls = ReportCalls.of(body.toString());
        } catch (IllegalArgumentException e) {
            throw new ActionRefusal(400, "bad_parameter", e.getMessage() + "; nothing of this was done");
        }
        long now = System.currentTimeMillis();
        Report report = all.computeIfAbsent(name, made -> new Report(config.maxRecent()));
        for (int index = 0; index < calls.size(); index++) {
            report.call(calls.getJsonObject(index), now);
        }
        shown.accept(name, report.toJson(name));
        return report.summary(now);
    }

    /** Now and then: who is silent is lost. */
    void look(long now) {
        all.forEach((name, report) -> {
            report.look(now);
            shown.accept(name, report.toJson(name));
        });
    }
}
