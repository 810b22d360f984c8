package pulseboard.board.lab.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * What a benchmark came to.
 *
 * @param what which one
 * @param state {@code passed}, {@code failed}, or {@code void} where the machine was too busy with other things
 * @param value what is held against the target; not a number where nothing was measured
 * @param samples what it was made of
 * @param note why it failed or is void, or what else there is to say; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record BenchResult(Benchmark what, String state, double value, double[] samples, String note) {

    /**
     * What was measured.
     *
     * @param value what is held against the target
     * @param meets whether it meets the target
     * @param samples what it was made of
     * @param note what else there is to say
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Measured(double value, boolean meets, double[] samples, String note) {

        Measured(double value, boolean meets, double[] samples) {
            this(value, meets, samples, "");
        }
    }

    /** Where nothing could be measured. */
    static BenchResult failed(Benchmark what, String why) {
        return new BenchResult(what, "failed", Double.NaN, new double[0], why);
    }

    /** Nothing without a sample passes, and nothing on a busy machine does. */
    static BenchResult of(Benchmark what, Measured measured, String busy) {
        if (measured.samples.length == 0 || Double.isNaN(measured.value)) {
            return failed(what, measured.note.isEmpty() ? "no sample" : measured.note);
        }
        String state = !busy.isEmpty() ? "void" : measured.meets ? "passed" : "failed";
        return new BenchResult(what, state, measured.value, measured.samples, busy.isEmpty() ? measured.note : busy);
    }

    /** Samples as they are counted with. */
    static double[] samples(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The value below which so many of a hundred samples are. */
    static double percentile(double[] samples, double percent) {
        if (samples.length == 0) {
            return Double.NaN;
        }
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int place = (int) Math.ceil(percent / 100 * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(sorted.length - 1, place))];
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("number", what.number())
                .put("name", what.text())
                .put("description", what.description())
                .put("state", state)
                .put("unit", what.unit())
                .put("target", what.target())
                .put("samples", samples.length);
        if (!Double.isNaN(value)) {
            json.put("value", Round.to(value, 2));
        }
        for (int percent : samples.length == 0 ? new int[0] : new int[] {50, 95, 99}) {
            json.put("p" + percent, Round.to(percentile(samples, percent), 2));
        }
        return note.isEmpty() ? json : json.put("note", note);
    }

    /** The same with every sample. */
    JsonObject toFullJson() {
        JsonArray all = new JsonArray();
        Arrays.stream(samples).map(each -> Round.to(each, 3)).forEach(all::add);
        return toJson().put("all", all);
    }
}
