package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pulseboard.DocsTable;
import pulseboard.machine.CpuReading;

class SamplersTest {

    private final MadeSources sources = new MadeSources();
    private final List<Sampler> samplers = Samplers.create(sources, HostConfig.DEFAULT, Runnable::run);

    @Test
    void everySamplerIsInTheTableWithItsInterval() throws IOException {
        assertEquals(
                samplers.stream()
                        .map(sampler -> sampler.name() + " every " + interval(sampler))
                        .toList(),
                rows().stream().map(row -> row.get(0) + " every " + row.get(1)).toList());
    }

    private static String interval(Sampler sampler) {
        return sampler.intervalSeconds() == 0 ? "tick" : sampler.intervalSeconds() + " s";
    }

    @Test
    void everyKeyIsInTheTable() throws IOException {
        Map<String, String> told = rows().stream().collect(Collectors.toMap(row -> row.get(0), row -> row.get(2)));
        for (Sampler sampler : samplers) {
            sampler.sample();
            sources.cpu.set(new CpuReading(Map.of(0, new long[] {300, 0, 0, 100, 0, 0, 0, 0}), 0, 0));
            Set<String> keys = named(told.getOrDefault(sampler.name(), ""));
            for (String key : leaves(sampler.sample())) {
                assertTrue(keys.contains(key), () -> key + " of " + sampler.name() + " is not told: " + keys);
            }
        }
    }

    @Test
    void keyThatIsPartOfAnotherIsNotToldByIt() {
        assertEquals(Set.of("load15"), named("load15"));
        assertEquals(
                Set.of("sentBytes", "sentPackets", "receivedBytes", "receivedPackets", "up"),
                named("up, received…/sent… Bytes, Packets"));
    }

    /** The keys that a text names; the table of the network gives beginnings (with an ellipsis) and ends of its keys apart. */
    private static Set<String> named(String text) {
        Set<String> keys = new TreeSet<>();
        Set<String> beginnings = new TreeSet<>();
        for (MatchResult word :
                Pattern.compile("\\w+…?").matcher(text).results().toList()) {
            String name = word.group();
            if (name.endsWith("…")) {
                beginnings.add(name.replace("…", ""));
            } else if (Character.isUpperCase(name.charAt(0))) {
                beginnings.forEach(beginning -> keys.add(beginning + name));
            } else {
                keys.add(name);
            }
        }
        return keys;
    }

    /** The keys of all figures, without those of the things they are figures of. */
    private static List<String> leaves(JsonObject sample) {
        return sample.stream()
                .flatMap(member -> member.getValue() instanceof JsonObject inner
                        ? leaves(inner).stream()
                        : List.of(member.getKey()).stream())
                .filter(key -> !key.equals("established"))
                .toList();
    }

    @Test
    void theOneThatMayHangComesLast() {
        assertEquals("filesystems", samplers.get(samplers.size() - 1).name());
    }

    private static List<List<String>> rows() throws IOException {
        return DocsTable.rows("docs/boards/host.md", "sampler", "every", "keys");
    }
}
