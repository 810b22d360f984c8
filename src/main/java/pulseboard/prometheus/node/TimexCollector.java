package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Timex;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** How the kernel's clock is kept. */
final class TimexCollector implements Collector {

    @Override
    public String name() {
        return "timex";
    }

    @Override
    public void collect(Families into) throws IOException {
        Timex timex = Timex.read();
        into.gauge("node_timex_sync_status", "Whether something keeps the clock right (1) or nothing does (0).")
                .add(timex.isSynchronized() ? 1 : 0);
        into.gauge("node_timex_maxerror_seconds", "How far the clock may be off at most.")
                .add(timex.maximumErrorSeconds());
        into.gauge("node_timex_estimated_error_seconds", "How far the clock is off, as its keeper thinks.")
                .add(timex.estimatedErrorSeconds());
        into.gauge("node_timex_offset_seconds", "What is still to be corrected.")
                .add(timex.offsetSeconds());
        into.gauge(
                        "node_timex_frequency_adjustment_ratio",
                        "How fast the clock is made to run; 1: as its crystal does.")
                .add(timex.frequencyRatio());
        into.gauge("node_timex_status", "Bits of the status, STA_ in adjtimex(2).")
                .add(timex.status());
        into.gauge("node_timex_loop_time_constant", "The time constant of the kernel's phase-locked loop.")
                .add(timex.loopTimeConstant());
        into.gauge("node_timex_tick_seconds", "From one tick of the clock to the next.")
                .add(timex.tickSeconds());
        into.gauge("node_timex_tai_offset_seconds", "International atomic time less UTC; 0: not told.")
                .add(timex.taiOffsetSeconds());
        collectPulse(into, timex);
    }

    private static void collectPulse(Families into, Timex timex) {
        into.gauge("node_timex_pps_frequency_hertz", "The frequency by a pulse per second.")
                .add(timex.pulseFrequencyRatio());
        into.gauge("node_timex_pps_jitter_seconds", "How much the pulse jitters.")
                .add(timex.pulseJitterSeconds());
        into.gauge("node_timex_pps_shift_seconds", "For how long pulses are counted at a time.")
                .add(timex.pulseShiftSeconds());
        into.gauge("node_timex_pps_stability_hertz", "How much the frequency by the pulse changes.")
                .add(timex.pulseStabilityRatio());
        into.counter("node_timex_pps_jitter_total", "How often the pulse jittered too much.")
                .add(timex.pulseJitterCount());
        into.counter("node_timex_pps_calibration_total", "How often pulses were counted.")
                .add(timex.pulseCalibrationCount());
        into.counter("node_timex_pps_error_total", "How often that failed.").add(timex.pulseErrorCount());
        into.counter("node_timex_pps_stability_exceeded_total", "How often the frequency changed too much.")
                .add(timex.pulseStabilityExceededCount());
    }
}
