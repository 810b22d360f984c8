package pulseboard.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Addresses;

/** When numbers get where rules say, if they go on as they did: asked of the history every some minutes. Used on one context. */
final class Forecasts {

    private static final Logger LOG = LoggerFactory.getLogger(Forecasts.class);
    private static final DeliveryOptions WITHIN_10_SECONDS = new DeliveryOptions().setSendTimeout(10_000);
    private static final long FIRST_MILLISECONDS = TimeUnit.SECONDS.toMillis(30);
    private static final long EACH_MILLISECONDS = TimeUnit.MINUTES.toMillis(5);

    private List<Rule> rules = List.of();

    /** When each key of each rule gets there, in Unix milliseconds; {@link Long#MAX_VALUE}: it does not. By rule and key. */
    private final Map<String, Map<String, Long>> found = new HashMap<>();

    private long dueAt = -1;

    /** These are the rules, of which those that look ahead are asked for. */
    void rules(Collection<List<Rule>> all) {
        rules = all.stream().flatMap(List::stream).filter(Rule::isForecast).toList();
        found.keySet().retainAll(rules.stream().map(Rule::name).toList());
    }

    /** As it is on the board: what gets there, and when. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        found.values()
                .forEach(keys -> keys.forEach((key, at) -> {
                    if (at != Long.MAX_VALUE && !json.containsKey(key)) {
                        json.put(key, JsonObject.of("fullAt", at));
                    }
                }));
        return json;
    }

    /** Asks the history if it is time to, and tells the engine; done is called after that. */
    void askIfDue(Vertx vertx, Engine engine, long now, Runnable done) {
        if (dueAt < 0) {
            dueAt = now + FIRST_MILLISECONDS;
        }
        if (rules.isEmpty() || now < dueAt) {
            return;
        }
        dueAt = now + EACH_MILLISECONDS;
        List<Future<Void>> asked = new ArrayList<>();
        rules.forEach(rule -> asked.add(ask(vertx, rule, now)));
        Future.all(asked)
                .onSuccess(all -> {
                    engine.forecasts(found, now);
                    done.run();
                })
                .onFailure(failure -> LOG.debug("The history does not say what is to come", failure));
    }

    private Future<Void> ask(Vertx vertx, Rule rule, long now) {
        List<Future<JsonObject>> asked = new ArrayList<>();
        for (long span : TimeToFull.SPANS_MILLISECONDS) {
            asked.add(vertx.eventBus()
                    .<JsonObject>request(Addresses.history(rule.board()), question(rule, now, span), WITHIN_10_SECONDS)
                    .map(reply -> reply.body()));
        }
        return Future.all(asked).map(all -> {
            found.put(rule.name(), keys(rule, asked.stream().map(Future::result).toList(), now));
            return null;
        });
    }

    private static JsonObject question(Rule rule, long now, long span) {
        return new JsonObject()
                .put("series", new JsonArray().add(rule.watch().series()))
                .put("from", Long.toString(now - span))
                .put("to", Long.toString(now))
                .put("points", Integer.toString(TimeToFull.POINTS));
    }

    private static Map<String, Long> keys(Rule rule, List<JsonObject> answers, long now) {
        double limit = rule.levels().values().iterator().next().when().number();
        Map<String, Long> keys = new TreeMap<>();
        for (JsonObject answer : answers) {
            JsonObject series = answer.getJsonObject("series", new JsonObject());
            for (String name : series.fieldNames()) {
                JsonArray means = series.getJsonObject(name).getJsonArray("average", new JsonArray());
                long at = TimeToFull.of(answer, means, limit, now);
                keys.merge(rule.watch().keyOf(name), at, Math::min);
            }
        }
        return keys;
    }
}
