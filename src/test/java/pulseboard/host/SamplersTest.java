package pulseboard.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pulseboard.ReadmeTable;

class SamplersTest {

    private final MadeSources sources = new MadeSources();
    private final List<Sampler> samplers = Samplers.create(sources, HostConfig.DEFAULT, Runnable::run);

    @Test
    void everySamplerIsInTheReadmeWithItsInterval() throws IOException {
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
    void everyKeyIsInTheReadme() throws IOException {
        Map<String, String> told = rows().stream().collect(Collectors.toMap(row -> row.get(0), row -> row.get(2)));
        for (Sampler sampler : samplers) {
            sampler.sample();
            sources.cpu.set(new CpuReading(Map.of(0, new long[] {300, 0, 0, 100, 0, 0, 0, 0}), 0, 0));
            String keys = told.getOrDefault(sampler.name(), "");
            for (String key : leaves(sampler.sample())) {
                // The table of the network gives the beginnings and the ends of its keys apart.
                String end = key.replaceFirst("^(received|receive|sent|send)(?=[A-Z])", "");
                assertTrue(keys.contains(end), () -> key + " of " + sampler.name() + " is not told: " + keys);
            }
        }
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
        return ReadmeTable.rows("sampler", "every", "keys");
    }
}
