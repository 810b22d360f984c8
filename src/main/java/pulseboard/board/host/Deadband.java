package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps figures still that only tremble. A figure is shown anew when it has moved by a step that a person would notice,
 * which its unit decides; every {@value #REFRESH_SAMPLES}th sample is shown as it is. So what is shown is never off by more
 * than a step, and never for long, and a machine at rest has nothing to push in most seconds. Not thread-safe.
 */
final class Deadband {

    static final int REFRESH_SAMPLES = 10;

    /** Steps by the end of the key, the first that fits: the larger of an absolute one and a share of the value. */
    private enum Step {
        PERCENT("Percent", 2, 0),
        BYTES_PER_SECOND("BytesPerSecond", 2048, 0.1),
        // Every lost packet counts.
        ERRORS("ErrorsPerSecond", 0, 0),
        DROPS("DropsPerSecond", 0, 0),
        CONTEXT_SWITCHES("SwitchesPerSecond", 100, 0.25),
        INTERRUPTS("interruptsPerSecond", 100, 0.25),
        PER_SECOND("PerSecond", 2, 0.25),
        BYTES("Bytes", 0, 0.01),
        MILLISECONDS("Milliseconds", 1, 0.25),
        LENGTH("Length", 0.5, 0),
        HERTZ("Hertz", 0, 0.05),
        LOAD_1("load1", 0.05, 0),
        LOAD_5("load5", 0.05, 0),
        LOAD_15("load15", 0.05, 0);

        private final String suffix;
        private final double absolute;
        private final double relative;

        Step(String suffix, double absolute, double relative) {
            this.suffix = suffix;
            this.absolute = absolute;
            this.relative = relative;
        }

        double of(double shown) {
            return Math.max(absolute, relative * Math.abs(shown));
        }
    }

    private Map<String, Number> shown = new HashMap<>();
    private int samples;

    /** Replaces each figure of a sample by the one that is shown already, where it has not visibly moved; changes it. */
    JsonObject apply(JsonObject sample) {
        if (samples++ % REFRESH_SAMPLES == 0) {
            shown.clear();
        }
        Map<String, Number> next = new HashMap<>();
        apply("", sample, next);
        shown = next;
        return sample;
    }

    private void apply(String path, JsonObject values, Map<String, Number> next) {
        for (Map.Entry<String, Object> entry : values.getMap().entrySet()) {
            String key = path + "/" + entry.getKey();
            if (entry.getValue() instanceof JsonObject inner) {
                apply(key, inner, next);
            } else if (entry.getValue() instanceof Number value) {
                Number decided = decide(entry.getKey(), shown.getOrDefault(key, value), value);
                next.put(key, decided);
                entry.setValue(decided);
            }
        }
    }

    private static Number decide(String key, Number before, Number value) {
        double moved = Math.abs(value.doubleValue() - before.doubleValue());
        return moved < step(key, before.doubleValue()) ? before : value;
    }

    private static double step(String key, double shown) {
        for (Step step : Step.values()) {
            if (key.endsWith(step.suffix)) {
                return step.of(shown);
            }
        }
        return 0;
    }
}
