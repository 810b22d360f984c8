package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import pulseboard.machine.Reader;

/**
 * Pressure stall information: the share of the last 10 s in which some, or all, tasks waited for a resource
 * (<a href="https://docs.kernel.org/accounting/psi.html">kernel documentation</a>).
 */
final class PressureSampler implements Sampler {

    private final Map<String, Reader<Map<String, Double>>> resources;
    private final Parts parts = new Parts();

    /**
     * Makes a sampler over readers of each resource's lines.
     *
     * @param resources for {@code cpu}, {@code memory} and {@code io} what reads {@code some} and {@code full}, in percent
     */
    PressureSampler(Map<String, Reader<Map<String, Double>>> resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return "pressure";
    }

    @Override
    public JsonObject sample() throws IOException {
        JsonObject pressure = new JsonObject();
        parts.begin();
        resources.forEach((resource, reader) -> parts.read(reader).ifPresent(shares -> {
            JsonObject shown = new JsonObject();
            shares.forEach((share, percent) -> shown.put(share + "Avg10Percent", Rates.oneDecimal(percent)));
            pressure.put(resource, shown);
        }));
        parts.end();
        return pressure;
    }

    @Override
    public Optional<String> partReason() {
        return parts.reason();
    }
}
