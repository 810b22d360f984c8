package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pulseboard.board.host.HostRules;

/**
 * Machines as the program saw them when something really was wrong with them, or nothing: the rules that ship name it, and nothing else.
 * They were recorded by {@code src/test/webroot/record-machines.js}.
 */
class RecordedMachinesTest {

    private static final Path RECORDED = Path.of("src/test/resources/recorded/machines");
    private static final long LONG_ENOUGH = TimeUnit.MINUTES.toMillis(20);

    static Stream<JsonObject> machines() throws IOException {
        try (Stream<Path> files = Files.list(RECORDED)) {
            List<JsonObject> all =
                    files.sorted().map(RecordedMachinesTest::read).toList();
            assertEquals(20, all.size());
            return all.stream();
        }
    }

    private static JsonObject read(Path file) {
        try {
            return new JsonObject(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    /** As if it had stayed so for long, by the times that ship. */
    @ParameterizedTest
    @MethodSource("machines")
    void whatIsWrongIsNamedAndNothingElse(JsonObject machine) {
        RuleBook book = new RuleBook();
        book.announced("host", HostRules.ALL);
        book.announced("alerts", Presence.RULES);
        Engine engine = new Engine(0);
        book.published().rules().forEach((board, rules) -> engine.rules(board, rules, 0));
        JsonObject boards = machine.getJsonObject("boards");
        JsonObject linked = new JsonObject();
        boards.getJsonObject("boards").forEach(each -> {
            JsonObject health = ((JsonObject) each.getValue()).getJsonObject("health", new JsonObject());
            if (each.getKey().contains("/")) {
                linked.put(
                        each.getKey().split("/", 2)[0],
                        JsonObject.of(
                                "offline", health.getString("state", "live").equals("offline")));
            }
        });
        engine.judge("host", boards.getJsonObject("host"), 0);
        engine.judge("alerts", JsonObject.of("boards", new JsonObject(), "machines", linked), 0);
        engine.tick(LONG_ENOUGH);
        List<String> wrong = engine.shown(LONG_ENOUGH).values().stream()
                .filter(each ->
                        each.containsKey("level") && !each.getString("level").equals("info"))
                .map(each -> each.getString("rule"))
                .distinct()
                .toList();
        String rule = machine.getString("rule", "");
        assertEquals(rule.isEmpty() ? List.of() : List.of(rule), wrong, machine.getString("verdict"));
    }
}
