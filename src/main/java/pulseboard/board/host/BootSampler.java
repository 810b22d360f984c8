package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import pulseboard.machine.Reader;

/** Which start of this machine it is: a name that changes with each, whatever the clock does. */
final class BootSampler implements Sampler {

    /** Enough to tell starts apart. */
    private static final int SHOWN_CHARACTERS = 8;

    private final Reader<String> bootId;

    BootSampler(Reader<String> bootId) {
        this.bootId = bootId;
    }

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public int intervalSeconds() {
        return 3_600;
    }

    @Override
    public JsonObject sample() throws IOException {
        String id = bootId.read();
        return id.length() < SHOWN_CHARACTERS
                ? new JsonObject()
                : JsonObject.of("id", id.substring(0, SHOWN_CHARACTERS));
    }
}
