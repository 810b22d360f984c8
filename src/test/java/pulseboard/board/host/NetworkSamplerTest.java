package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import pulseboard.machine.FakeClock;
import pulseboard.machine.InterfaceReading;
import pulseboard.machine.Link;
import pulseboard.machine.Made;

class NetworkSamplerTest {

    private static final InterfaceReading START = new InterfaceReading(5_000_000_000L, 40_000, 1, 2, 7_000, 80, 3, 4);

    private final FakeClock clock = new FakeClock();
    private final Made<Map<String, InterfaceReading>> counters = new Made<>(Map.of("eth0", START));
    private final Made<Map<String, Link>> links = new Made<>(Map.of("eth0", new Link(true, 1_000_000_000L)));
    private final Made<Map<String, Integer>> tcp = new Made<>(Map.of("established", 3, "listen", 1));
    private final NetworkSampler sampler =
            new NetworkSampler(new NetworkSampler.Readers(counters, links, tcp, this::bottomOf), clock);
    private Set<String> stacked = Set.of();
    private int asked;

    private Set<String> bottomOf(Set<String> names) {
        asked++;
        Set<String> bottom = new TreeSet<>(names);
        bottom.removeAll(stacked);
        return bottom;
    }

    @Test
    void firstSampleHasLinksAndSocketsAndNoRatesYet() throws IOException {
        JsonObject network = sampler.sample();
        assertEquals(new JsonObject().put("up", true).put("speedBitsPerSecond", 1_000_000_000L), face(network, "eth0"));
        assertEquals(new JsonObject().put("established", 3).put("listen", 1), network.getJsonObject("tcp"));
    }

    @Test
    void ratesAreOfTheTimeBetweenTwoSamples() throws IOException {
        sampler.sample();
        JsonObject face = after(2, new InterfaceReading(5_003_000_000L, 42_000, 5, 8, 1_007_000, 480, 7, 14));
        assertEquals(1_500_000, face.getLong("receivedBytesPerSecond"));
        assertEquals(500_000, face.getLong("sentBytesPerSecond"));
        assertEquals(1_000, face.getLong("receivedPacketsPerSecond"));
        assertEquals(200, face.getLong("sentPacketsPerSecond"));
        assertEquals(2, face.getLong("receiveErrorsPerSecond"));
        assertEquals(2, face.getLong("sendErrorsPerSecond"));
        assertEquals(3, face.getLong("receiveDropsPerSecond"));
        assertEquals(5, face.getLong("sendDropsPerSecond"));
    }

    @Test
    void totalIsOfTheInterfacesAtTheBottom() throws IOException {
        stacked = Set.of("bond0");
        InterfaceReading zero = new InterfaceReading(0, 0, 0, 0, 0, 0, 0, 0);
        counters.set(Map.of("bond0", zero, "eno1", zero, "eno2", zero));
        assertFalse(sampler.sample().containsKey("receivedBytesPerSecond"));
        clock.passSeconds(1);
        InterfaceReading half = new InterfaceReading(500_000, 1, 0, 0, 1_000, 1, 0, 0);
        counters.set(
                Map.of("bond0", new InterfaceReading(1_000_000, 2, 0, 0, 2_000, 1, 0, 0), "eno1", half, "eno2", half));
        JsonObject network = sampler.sample();
        assertEquals(1_000_000, network.getLong("receivedBytesPerSecond"));
        assertEquals(2_000, network.getLong("sentBytesPerSecond"));
        assertEquals(1, asked);
        counters.set(Map.of("eno1", half, "eno2", half));
        sampler.sample();
        assertEquals(2, asked, "other interfaces may stand on others");
    }

    @Test
    void counterThatWasResetShowsZeroAndNothingAbsurd() throws IOException {
        sampler.sample();
        JsonObject face = after(1, new InterfaceReading(10, 1, 0, 0, 20, 1, 0, 0));
        assertEquals(0, face.getLong("receivedBytesPerSecond"));
        assertEquals(0, face.getLong("sentBytesPerSecond"));
        assertEquals(
                4_000,
                after(1, new InterfaceReading(4_010, 1, 0, 0, 20, 1, 0, 0)).getLong("receivedBytesPerSecond"));
    }

    @Test
    void ratesAreBySecondEvenAfterAStop() throws IOException {
        sampler.sample();
        JsonObject face = after(30, new InterfaceReading(5_000_300_000L, 40_000, 1, 2, 7_000, 80, 3, 4));
        assertEquals(10_000, face.getLong("receivedBytesPerSecond"));
    }

    @Test
    void interfaceThatComesCountsFromItsSecondSampleAndOneThatGoesIsGone() throws IOException {
        sampler.sample();
        clock.passSeconds(1);
        counters.set(Map.of("wg0", START));
        JsonObject network = sampler.sample();
        assertFalse(network.getJsonObject("interfaces").containsKey("eth0"));
        assertEquals(new JsonObject(), face(network, "wg0"));
    }

    @Test
    void linkWithoutSpeedAndDropsNotToldAreAbsent() throws IOException {
        links.set(Map.of("eth0", new Link(false, 0)));
        JsonObject first = face(sampler.sample(), "eth0");
        assertEquals(new JsonObject().put("up", false), first);
        JsonObject second = after(1, new InterfaceReading(5_000_000_000L, 40_000, 1, 2, 7_000, 80, 3, -1));
        assertFalse(second.containsKey("sendDropsPerSecond"));
    }

    @Test
    void linksAndSocketsAreNotAskedEachSecond() throws IOException {
        sampler.sample();
        sampler.sample();
        assertEquals(1, links.count());
        assertEquals(1, tcp.count());
        assertEquals(2, counters.count());
    }

    private JsonObject after(int seconds, InterfaceReading reading) throws IOException {
        clock.passSeconds(seconds);
        counters.set(Map.of("eth0", reading));
        return face(sampler.sample(), "eth0");
    }

    @Test
    void readingThatFailsCostsOnlyItsOwnFigures() throws IOException {
        tcp.fail("no sockets here");
        assertEquals(Set.of("interfaces"), sampler.sample().fieldNames());
        assertEquals(Optional.of("no sockets here"), sampler.partReason());
        tcp.set(Map.of("listen", 1));
        links.set(Map.of());
        assertEquals(
                new JsonObject("{\"interfaces\":{\"eth0\":{\"up\":true,\"speedBitsPerSecond\":1000000000,"
                        + "\"receivedBytesPerSecond\":0,\"sentBytesPerSecond\":0,\"receivedPacketsPerSecond\":0,"
                        + "\"sentPacketsPerSecond\":0,\"receiveErrorsPerSecond\":0,\"sendErrorsPerSecond\":0,"
                        + "\"receiveDropsPerSecond\":0,\"sendDropsPerSecond\":0}},\"tcp\":{\"listen\":1},"
                        + "\"receivedBytesPerSecond\":0,\"sentBytesPerSecond\":0}"),
                sampler.sample());
        counters.fail("no counters here");
        assertEquals(Set.of("tcp"), sampler.sample().fieldNames());
    }

    @Test
    void counterThatIsNotKnownCostsOnlyItsOwnFigure() throws IOException {
        sampler.sample();
        JsonObject face = after(1, new InterfaceReading(-1, 40_010, 1, 2, 8_000, 80, 3, -1));
        assertEquals(10, face.getLong("receivedPacketsPerSecond"));
        assertEquals(1_000, face.getLong("sentBytesPerSecond"));
        assertFalse(face.containsKey("receivedBytesPerSecond") || face.containsKey("sendDropsPerSecond"));
    }

    private static JsonObject face(JsonObject network, String name) {
        return network.getJsonObject("interfaces").getJsonObject(name);
    }
}
