package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import pulseboard.machine.ClockReading;
import pulseboard.machine.Reader;

/** Whether something keeps this machine's clock right, and how far it may be off. */
final class ClockSampler implements Sampler {

    private static final double MILLISECONDS_PER_SECOND = 1e3;

    private final Reader<ClockReading> clock;

    ClockSampler(Reader<ClockReading> clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public int intervalSeconds() {
        return 60;
    }

    /** How far it may be off says nothing where nobody keeps it: the kernel stops counting at 16 seconds. */
    @Override
    public JsonObject sample() throws IOException {
        ClockReading reading = clock.read();
        JsonObject sample = JsonObject.of("synchronized", reading.isSynchronized());
        if (reading.isSynchronized()) {
            sample.put("maximumErrorMilliseconds", Math.round(reading.maximumErrorSeconds() * MILLISECONDS_PER_SECOND));
        }
        return sample;
    }
}
