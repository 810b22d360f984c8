package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps figures still that only tremble. A figure is shown anew when it has moved by a step that a person would notice,
 * which its unit decides; every {@value #REFRESH_SAMPLES}th sample is shown as it is. So what is shown is never off by more
 * than a step, and never for long, and a machine at rest has nothing to push in most seconds. Not thread-safe.
 */
final class Deadband {

    static final int REFRESH_SAMPLES = 10;

    private static final int KEPT_SAMPLES = 60 * REFRESH_SAMPLES;

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

        private static final Step[] ALL = values();

        private final String suffix;
        private final double absolute;
        private final double relative;

        Step(String suffix, double absolute, double relative) {
            this.suffix = suffix;
            this.absolute = absolute;
            this.relative = relative;
        }

        /** That of a key; null where every difference counts. */
        static @Nullable Step of(String key) {
            for (Step step : ALL) {
                if (key.endsWith(step.suffix)) {
                    return step;
                }
            }
            return null;
        }

        double size(double shown) {
            return Math.max(absolute, relative * Math.abs(shown));
        }
    }

    /** A place in the sample, kept from one to the next: nothing is put together or looked up by its end each second. */
    private static final class Place {
        private final Map<String, Place> members = new HashMap<>();
        private final @Nullable Step step;
        private Number shown = 0;
        private int shownIn = -1;

        Place(String key) {
            step = Step.of(key);
        }

        /** What is to be shown; of a figure that was not in the sample before nothing is known. */
        Number decide(Number value, int sample) {
            Number before = shownIn == sample - 1 ? shown : value;
            double moved = Math.abs(value.doubleValue() - before.doubleValue());
            if (step == null || !(moved < step.size(before.doubleValue()))) {
                before = value;
            }
            shown = before;
            shownIn = sample;
            return before;
        }
    }

    private Place root = new Place("");
    private int samples;
    private boolean isRefresh;

    /** Replaces each figure of a sample by the one that is shown already, where it has not visibly moved; changes it. */
    JsonObject apply(JsonObject sample) {
        if (samples % KEPT_SAMPLES == 0) {
            root = new Place(""); // Or what is gone would be remembered for ever.
        }
        isRefresh = samples++ % REFRESH_SAMPLES == 0;
        apply(root, sample);
        return sample;
    }

    private void apply(Place place, JsonObject values) {
        for (Map.Entry<String, Object> entry : values.getMap().entrySet()) {
            if (entry.getValue() instanceof JsonObject inner) {
                apply(member(place, entry.getKey()), inner);
            } else if (entry.getValue() instanceof Number value) {
                Place figure = member(place, entry.getKey());
                figure.shownIn = isRefresh ? -1 : figure.shownIn;
                entry.setValue(figure.decide(value, samples));
            }
        }
    }

    private static Place member(Place place, String key) {
        Place known = place.members.get(key);
        if (known == null) {
            known = new Place(key);
            place.members.put(key, known);
        }
        return known;
    }
}
