package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import pulseboard.DocsTable;

/** docs/channels.md says what there is, and its examples are good. */
@ExtendWith(VertxExtension.class)
class ChannelsDocTest {

    private static final String PAGE = "docs/channels.md";

    private static Set<String> keys(String kind) {
        Set<String> keys = new TreeSet<>(Channels.keys(kind));
        keys.remove("kind");
        return keys;
    }

    private static Set<String> words(String cell) {
        return Stream.of(cell.replaceAll("\\([^)]*\\)", "").split(",", -1))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKeyOfEveryKindIsInItsTable() throws IOException {
        for (String kind : Channels.kinds()) {
            if (!Preset.NAMES.contains(kind)) {
                Set<String> told = new TreeSet<>();
                DocsTable.rows(PAGE, kind, "means").forEach(row -> told.addAll(words(row.get(0))));
                assertEquals(keys(kind), told, kind);
            }
        }
    }

    @Test
    void everyServiceIsInTheTable() throws IOException {
        Set<String> told = new TreeSet<>();
        for (List<String> row : DocsTable.rows(PAGE, "kind", "keys")) {
            Set<String> words = words(row.get(1));
            words.addAll(Set.of("allow", "caFile"));
            assertEquals(keys(row.get(0)), words, row.get(0));
            told.add(row.get(0));
        }
        assertEquals(new TreeSet<>(Preset.NAMES), told);
    }

    @Test
    void everyExampleMakesItsChannels(Vertx vertx, @TempDir Path folder) throws IOException {
        List<MatchResult> examples = Pattern.compile("(?ms)^```yaml\n(.*?)^```")
                .matcher(Files.readString(Path.of(PAGE)))
                .results()
                .toList();
        assertFalse(examples.isEmpty());
        for (MatchResult example : examples) {
            Map<?, ?> read = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(example.group(1));
            Map<?, ?> channels = (Map<?, ?>) Objects.requireNonNull(read.get("channels"));
            channels.forEach((name, settings) -> Channels.of(
                            vertx,
                            name.toString(),
                            new JsonObject(((Map<?, ?>) settings)
                                    .entrySet().stream()
                                            .collect(Collectors.toMap(
                                                    each -> each.getKey().toString(), Map.Entry::getValue))),
                            ChannelContext.of(folder, Readers.ALL))
                    .close());
        }
    }
}
