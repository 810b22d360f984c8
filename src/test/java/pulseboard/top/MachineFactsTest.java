package pulseboard.top;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class MachineFactsTest {

    private static String name(String machine, JsonObject facts) {
        return MachineFacts.called(machine, facts).getString("name");
    }

    @Test
    void linkedMachineIsWhatTheServerCallsItAndThenWhatItCallsItself() {
        assertEquals("web1 (localhost)", name("web1", JsonObject.of("name", "localhost")));
        assertEquals("web1", name("web1", JsonObject.of("name", "web1")));
        assertEquals("web1", name("web1", JsonObject.of("name", 7)));
        assertEquals("localhost", name("", JsonObject.of("name", "localhost")), "its own machine");
    }
}
