package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.alert.channel.ChannelContext;
import pulseboard.alert.channel.Readers;

/** The file that docs/alerts.md shows is one that works. */
class MessagesDocTest {

    @TempDir
    private Path folder;

    @Test
    void exampleIsUnderstood() throws Exception {
        String page = Files.readString(Path.of("docs/alerts.md"));
        String example = page.split("## Messages", 2)[1].split("```yaml", 2)[1].split("```", 2)[0];
        Files.writeString(folder.resolve("example.yaml"), example);
        RuleFiles.Loaded loaded = new RuleFiles(folder.toString()).changed().orElseThrow();
        assertEquals(List.of(), loaded.problems());
        Vertx vertx = Vertx.vertx();
        try {
            ChannelSet channels = new ChannelSet(vertx, ChannelContext.of(folder, Readers.ALL), () -> 0);
            JsonObject settings = loaded.messages().getJsonObject("channels");
            assertEquals(List.of(), channels.settings(settings));
            Routing routing = Routing.of(loaded.messages(), channels.names());
            assertEquals(
                    List.of("disks", "rest"),
                    routing.routes().stream().map(Route::name).toList());
            assertEquals(1, routing.quietHours().size());
            assertEquals(1, routing.maintenance().size());
        } finally {
            vertx.close().await();
        }
    }
}
