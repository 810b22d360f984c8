package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps figures still that only tremble. A figure is shown anew when it has moved by a step that a person would notice,
 * which its unit decides, or when what is shown is {@value #REFRESH_SAMPLES} samples old: so it is never off by more than
 * that step, and never for long. On an idle machine this is most of what would otherwise be pushed. Not thread-safe.
 */
final class Steady {

    static final int REFRESH_SAMPLES = 10;

    /** Steps by the end of the key, the first that fits: at least {@code absolute} or {@code relative} times the value. */
    private enum Step {
        PERCENT("Percent", 1, 0),
        BYTES_PER_SECOND("BytesPerSecond", 0, 0.1),
        PER_SECOND("PerSecond", 0, 0.25),
        BYTES("Bytes", 0, 0.005),
        MILLISECONDS("Milliseconds", 0.5, 0.25),
        LENGTH("Length", 0.5, 0),
        HERTZ("Hertz", 0, 0.05);

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

    private record Shown(Number value, int age) {}

    private Map<String, Shown> shown = new HashMap<>();

    /** Replaces each figure of a sample by the one that is shown already, where it has not visibly moved; changes it. */
    JsonObject apply(JsonObject sample) {
        Map<String, Shown> next = new HashMap<>();
        apply("", sample, next);
        shown = next;
        return sample;
    }

    private void apply(String path, JsonObject values, Map<String, Shown> next) {
        for (Map.Entry<String, Object> entry : values.getMap().entrySet()) {
            String key = path + "/" + entry.getKey();
            if (entry.getValue() instanceof JsonObject inner) {
                apply(key, inner, next);
            } else if (entry.getValue() instanceof Number value) {
                Shown decided = decide(entry.getKey(), shown.get(key), value);
                next.put(key, decided);
                entry.setValue(decided.value());
            }
        }
    }

    private static Shown decide(String key, @Nullable Shown before, Number value) {
        if (before == null || before.age() + 1 == REFRESH_SAMPLES) {
            return new Shown(value, 0);
        }
        double shown = before.value().doubleValue();
        boolean still = Math.abs(value.doubleValue() - shown) < step(key, shown);
        return still ? new Shown(before.value(), before.age() + 1) : new Shown(value, 0);
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
