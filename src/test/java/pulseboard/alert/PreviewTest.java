package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.Until;
import pulseboard.alert.channel.Readers;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.KeptNumbers;
import pulseboard.history.HistoryConfig;
import pulseboard.history.HistoryVerticle;

/** What a rule would have done, beside what it did. */
class PreviewTest {

    private static final long START = 1_700_000_000_000L;
    private static final long STEP = 10_000;

    private static Rule rule(String line) {
        return RuleReader.read(RuleLine.read("rule", line), "test", Marks.NONE);
    }

    private static JsonArray wandering() {
        Random random = new Random(20261129);
        JsonArray values = new JsonArray();
        double value = 50;
        for (int bucket = 0; bucket < 8_000; bucket++) {
            value = Math.max(0, Math.min(100, value + random.nextGaussian() * 8));
            values.add(value);
        }
        return values;
    }

    private static JsonObject answer(JsonArray least, JsonArray most) {
        return JsonObject.of("from", START, "to", START + least.size() * STEP, "stepMilliseconds", STEP)
                .put("series", JsonObject.of("v.a.x", JsonObject.of("min", least, "average", least, "max", most)));
    }

    /** The same values at the same times come to the same, to the message. */
    @Test
    void previewIsWhatTheEngineDid() {
        Rule rule = rule("b:v.*.x above 70 for 30s clear 50");
        JsonArray values = wandering();
        Engine engine = new Engine(START - TimeUnit.HOURS.toMillis(1));
        engine.rules("b", List.of(rule), START);
        Messenger messenger = new Messenger("", "");
        messenger.routing(Routing.of(new JsonObject(), List.of("any")), START);
        List<Long> begun = new ArrayList<>();
        List<Long> ended = new ArrayList<>();
        int messages = 0;
        for (int bucket = 0; bucket < values.size(); bucket++) {
            long at = START + bucket * STEP;
            engine.judge("b", new JsonObject("{\"v\":{\"a\":{\"x\":" + values.getDouble(bucket) + "}}}"), at);
            List<Transition> became = engine.take(new Batch());
            for (Transition each : became) {
                (each.kind().isEnd() ? ended : begun).add(each.at());
            }
            messenger.take(became, at);
            messenger.tick(at);
            for (Letter letter : messenger.due(at)) {
                messages++;
                messenger.sent(letter.message().id(), "", at);
            }
        }
        Preview preview = new Preview(rule, START);
        preview.take(answer(values, values));
        JsonObject result = preview.result(START);
        List<JsonObject> episodes = episodes(result);
        assertTrue(episodes.size() > 10, episodes::toString);
        assertEquals(ended, ends(episodes));
        assertTrue(begun.containsAll(
                episodes.stream().map(each -> each.getLong("from")).toList()));
        assertTrue(episodes.stream().allMatch(each -> each.getBoolean("certain")));
        assertEquals(messages, result.getInteger("messageCount"));
        assertFalse(result.getBoolean("partial"));
    }

    private static List<Long> ends(List<JsonObject> episodes) {
        return episodes.stream()
                .filter(each -> each.containsKey("to"))
                .map(each -> each.getLong("to"))
                .toList();
    }

    private static List<JsonObject> episodes(JsonObject result) {
        return result.getJsonObject("keys").getJsonObject("a").getJsonArray("episodes").stream()
                .map(each -> (JsonObject) each)
                .toList();
    }

    @Test
    void whatOnlyTheHighestSaysIsPossible() {
        JsonArray least = new JsonArray();
        JsonArray most = new JsonArray();
        for (int bucket = 0; bucket < 60; bucket++) {
            least.add(bucket >= 40 ? 90 : 10);
            most.add((bucket >= 10 && bucket < 20) || bucket >= 40 ? 90 : 10);
        }
        Preview preview = new Preview(rule("b:v.*.x above 70 for 30s"), START);
        preview.take(answer(least, most));
        JsonObject key = preview.result(START).getJsonObject("keys").getJsonObject("a");
        assertEquals(90.0, key.getDouble("highest"));
        JsonArray episodes = key.getJsonArray("episodes");
        assertEquals(2, episodes.size());
        assertFalse(episodes.getJsonObject(0).getBoolean("certain"));
        assertEquals(START + 13 * STEP, episodes.getJsonObject(0).getLong("from"));
        assertTrue(episodes.getJsonObject(1).getBoolean("certain"));
        assertFalse(episodes.getJsonObject(1).containsKey("to"), "it still fires");
    }

    /** A history of a value that is high now and then, by the minute. */
    private static final class MadeHistory {
        private final double[] minutes = new double[4 * 24 * 60];
        private final long from = START / Outline.STEP * Outline.STEP + 7 * 60_000;
        private int bucketsRead;

        MadeHistory() {
            Random random = new Random(20261129);
            for (int minute = 0; minute < minutes.length; minute++) {
                double spike = random.nextInt(500) == 0 ? 40 : 0;
                minutes[minute] = 40 + 25 * Math.sin(minute / 400.0) + random.nextGaussian() * 5 + spike;
            }
        }

        long to() {
            return from + minutes.length * 60_000L;
        }

        JsonObject answer(long begin, long end, long step) {
            JsonArray least = new JsonArray();
            JsonArray most = new JsonArray();
            for (long at = begin; at < end; at += step, bucketsRead++) {
                double lowest = Double.POSITIVE_INFINITY;
                double highest = Double.NEGATIVE_INFINITY;
                for (long minute = at; minute < at + Math.max(step, 60_000); minute += 60_000) {
                    int index = (int) Math.floorDiv(minute - from, 60_000L);
                    if (index >= 0 && index < minutes.length) {
                        lowest = Math.min(lowest, minutes[index]);
                        highest = Math.max(highest, minutes[index]);
                    }
                }
                least.add(lowest < Double.POSITIVE_INFINITY ? (Object) lowest : null);
                most.add(highest > Double.NEGATIVE_INFINITY ? (Object) highest : null);
            }
            JsonObject kinds = JsonObject.of("min", least, "average", least, "max", most);
            return JsonObject.of("from", begin, "to", end, "stepMilliseconds", step)
                    .put("series", JsonObject.of("v.a.x", kinds));
        }

        /** Answers questions of a preview. */
        void serve(Vertx vertx) throws Exception {
            await(vertx.eventBus()
                    .<JsonObject>consumer(
                            Addresses.series("b"),
                            asked -> asked.reply(JsonObject.of("series", JsonArray.of("v.a.x", "v.a.y"))))
                    .completion());
            await(vertx.eventBus()
                    .<JsonObject>consumer(Addresses.history("b"), asked -> {
                        long begin = Long.parseLong(asked.body().getString("from"));
                        long end = Long.parseLong(asked.body().getString("to"));
                        long points = Long.parseLong(asked.body().getString("points"));
                        asked.reply(answer(begin, end, (end - begin) / points).encode());
                    })
                    .completion());
        }
    }

    /** Where quarters of an hour say that nothing can begin, nothing finer is read, and that makes no difference. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "b:v.*.x above 70 for 3m clear 50",
                "b:v.*.x above 90",
                "b:v.*.x above 60 for 30m",
                "b:v.*.x below 15 for 2m clear 40",
                "b:v.*.x above 200"
            })
    void whatIsNotReadMakesNoDifference(String line) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            MadeHistory history = new MadeHistory();
            long fine = history.to() - TimeUnit.DAYS.toMillis(1);
            Preview all = new Preview(rule(line), history.from);
            all.take(history.answer(history.from, fine, 60_000));
            all.take(history.answer(fine, history.to(), STEP));
            int wholeBuckets = history.bucketsRead;
            history.serve(vertx);
            history.bucketsRead = 0;
            JsonObject asked = await(new PreviewRequest(vertx, rule(line), history.from, history.to() - 1).run());
            for (String about : List.of("keys", "firingCount", "messageCount", "partial")) {
                assertEquals(all.result(history.from).getValue(about), asked.getValue(about), about);
            }
            assertTrue(history.bucketsRead < wholeBuckets, history.bucketsRead + " of " + wholeBuckets);
        } finally {
            await(vertx.close());
        }
    }

    /** By the action, of a real board and its real history. */
    @Test
    void actionAsksTheHistory(@TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            await(vertx.deployVerticle(new DirectoryVerticle()));
            DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
            await(vertx.deployVerticle(new HistoryVerticle(new HistoryConfig("", 730, 100, 0), folder), worker));
            await(vertx.deployVerticle(new AlertVerticle(AlertConfig.DEFAULT, folder, "web1", Readers.ALL)));
            FeedPublisher tank =
                    new FeedPublisher(vertx, BoardInfo.of("tank", "Tank").keeping(KeptNumbers.of("**")));
            await(tank.ready());
            int[] litres = {3};
            Until.isTrue("it would have fired", () -> {
                tank.publish(JsonObject.of("litres", litres[0]++ % 2 + 3));
                JsonObject body = JsonObject.of("line", "tank:litres below 5");
                return vertx.eventBus()
                        .<JsonObject>request(
                                Addresses.actions("alerts"), JsonObject.of("action", "preview", "body", body))
                        .map(reply -> reply.body().getInteger("firingCount") == 1)
                        .otherwise(false) // The history may not have heard of the board yet.
                        .await(120, TimeUnit.SECONDS);
            });
        } finally {
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(120, TimeUnit.SECONDS);
    }
}
