package pulseboard.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Addresses;

/** Asks the history, part by part, and has a {@link Preview} made of it off the event loop. */
final class PreviewRequest {

    private static final DeliveryOptions WITHIN_10_SECONDS = new DeliveryOptions().setSendTimeout(10_000);
    private static final long FINE = TimeUnit.DAYS.toMillis(1);
    private static final long FINE_STEP = TimeUnit.SECONDS.toMillis(10);
    private static final long COARSE_STEP = TimeUnit.MINUTES.toMillis(1);
    private static final int MOST_POINTS = 10_000;

    /** Of one answer, all series together. */
    private static final int MOST_BUCKETS = 190_000;

    private static final long MOST_MILLISECONDS = TimeUnit.DAYS.toMillis(30);

    private final Vertx vertx;
    private final Rule rule;
    private final long from;
    private final long to;

    /**
     * Makes one.
     *
     * @throws ActionRefusal when that cannot be
     */
    PreviewRequest(Vertx vertx, Rule rule, long from, long to) {
        if (from >= to || to - from > MOST_MILLISECONDS + TimeUnit.MINUTES.toMillis(1)) {
            throw new ActionRefusal(
                    400, "too_much_history", "fromMilliseconds must be Unix milliseconds of the last 30 days");
        }
        if (rule.isForecast() || rule.isEvent()) {
            throw new ActionRefusal(400, "wrong_rule", "the history cannot tell what this rule would have said");
        }
        this.vertx = vertx;
        this.rule = rule;
        this.from = Math.floorDiv(from, COARSE_STEP) * COARSE_STEP;
        this.to = Math.floorDiv(to, COARSE_STEP) * COARSE_STEP + COARSE_STEP;
    }

    /** Done with what the rule would have done. */
    Future<JsonObject> run() {
        return vertx.eventBus()
                .<JsonObject>request(Addresses.series(rule.board()), new JsonObject(), WITHIN_10_SECONDS)
                .recover(failure -> Future.failedFuture(new ActionRefusal(
                        503, "history_unavailable", "the history of " + rule.board() + " does not answer")))
                .compose(reply -> run(wanted(reply.body().getJsonArray("series", new JsonArray()))));
    }

    /** The series that the rule looks at. */
    private List<String> wanted(JsonArray names) {
        List<String> wanted = new ArrayList<>();
        for (Object name : names) {
            if (rule.paths().stream().anyMatch(path -> path.isLike(String.valueOf(name)))) {
                wanted.add(String.valueOf(name));
            }
        }
        if (wanted.size() > Preview.MOST_KEYS) {
            throw new ActionRefusal(
                    400,
                    "too_much_history",
                    "the rule looks at " + wanted.size() + " series, and at most " + Preview.MOST_KEYS
                            + " can be previewed; name a key instead of *");
        }
        return wanted;
    }

    private Future<JsonObject> run(List<String> series) {
        Preview preview = new Preview(rule, from);
        return series.isEmpty()
                ? Future.succeededFuture(preview.result(from))
                : outline(series)
                        .compose(outline -> goOn(preview, outline, series, from))
                        .map(all -> preview.result(from));
    }

    /** What is worth reading at all. */
    private Future<Outline> outline(List<String> series) {
        long first = Math.floorDiv(from, Outline.STEP) * Outline.STEP;
        long last = -Math.floorDiv(-to, Outline.STEP) * Outline.STEP;
        int quarters = (int) ((last - first) / Outline.STEP);
        if (!Outline.fits(rule) || (long) quarters * series.size() > MOST_BUCKETS) {
            return Future.succeededFuture(Outline.NONE);
        }
        return ask(question(series, first, last, quarters), answer -> Outline.of(rule, answer));
    }

    private Future<Void> goOn(Preview preview, Outline outline, List<String> series, long from) {
        long begin = preview.isIdle() ? outline.quietUntil(from, to) : from;
        if (begin > from) {
            preview.pass(outline, from, begin);
        }
        if (begin >= to || preview.isSpent()) {
            return Future.succeededFuture();
        }
        int points = Math.min(MOST_POINTS, MOST_BUCKETS / series.size());
        boolean isFine = begin >= to - FINE;
        long step = isFine ? FINE_STEP : COARSE_STEP;
        long most = Math.min(isFine ? to : to - FINE, begin + points * step);
        long end = Math.max(begin + step, Math.min(most, outline.busyUntil(begin)));
        return ask(question(series, begin, end, (int) ((end - begin) / step)), answer -> {
                    preview.take(answer);
                    return end;
                })
                .compose(next -> goOn(preview, outline, series, next));
    }

    private static JsonObject question(List<String> series, long from, long to, int points) {
        return new JsonObject()
                .put("series", new JsonArray(series))
                .put("from", Long.toString(from))
                .put("to", Long.toString(to))
                .put("points", Integer.toString(Math.max(1, points)))
                .put("format", "json");
    }

    /** Asks the history, and has its answer looked at off the event loop. */
    private <T> Future<T> ask(JsonObject question, Function<JsonObject, T> taker) {
        return vertx.eventBus()
                .<String>request(Addresses.history(rule.board()), question, WITHIN_10_SECONDS)
                .compose(reply -> vertx.executeBlocking(() -> taker.apply(new JsonObject(reply.body()))));
    }
}
