package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.alert.channel.ChannelContext;
import pulseboard.alert.channel.Channels;
import pulseboard.alert.channel.Readers;

/** Files as they stand in the documentation are read as the program reads them, and make rules, channels and routes. */
@ExtendWith(VertxExtension.class)
class DocsExamplesTest {

    @TempDir
    private Path folder;

    private static List<String> examples(String page) throws IOException {
        return Pattern.compile("(?ms)^```yaml\n(.*?)^```")
                .matcher(Files.readString(Path.of(page)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private RuleFiles.Loaded load(String text) throws IOException {
        Path rules = Files.createTempDirectory(folder, "alerts.d");
        Files.writeString(rules.resolve("example.yaml"), text);
        return new RuleFiles(rules.toString()).changed().orElseThrow();
    }

    private JsonObject channels(Vertx vertx, RuleFiles.Loaded loaded) {
        JsonObject channels = loaded.messages().getJsonObject("channels", new JsonObject());
        channels.forEach(each -> Channels.of(
                        vertx, each.getKey(), (JsonObject) each.getValue(), ChannelContext.of(folder, Readers.ALL))
                .close());
        return channels;
    }

    @Test
    void everyExampleIsAGoodFile(Vertx vertx) throws IOException {
        int rules = 0;
        int routes = 0;
        for (String page : List.of("docs/alerts.md", "docs/channels.md")) {
            for (String example : examples(page)) {
                RuleFiles.Loaded loaded = load(example);
                assertEquals(List.of(), loaded.problems(), page);
                JsonObject channels = channels(vertx, loaded);
                rules += loaded.rules().size();
                routes += Routing.of(loaded.messages(), channels.fieldNames())
                        .routes()
                        .size();
            }
        }
        assertTrue(rules > 0 && routes > 0, rules + " rules, " + routes + " routes");
    }

    @Test
    void numbersOfAFileAreNumbersOfAChannel(Vertx vertx) throws IOException {
        RuleFiles.Loaded loaded = load("""
                channels:
                  mail: {kind: mail, host: mail.example.net, port: 2525, from: a@example.net, to: [b@example.net]}
                """);
        assertEquals(1, channels(vertx, loaded).size());
    }
}
