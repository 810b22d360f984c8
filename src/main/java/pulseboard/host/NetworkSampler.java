package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** Network interfaces: traffic, errors, drops and link; and how many TCP sockets are in which state. */
final class NetworkSampler implements Sampler {

    private static final double NANOS_PER_SECOND = 1e9;
    private final Reader<Map<String, InterfaceReading>> counters;
    private final Reader<Map<String, Link>> links;
    private final Reader<Map<String, Integer>> tcpStates;
    private final LongSupplier nanoClock;
    private Map<String, InterfaceReading> before = Map.of();
    private long beforeNanos;

    /**
     * Makes a sampler over three readers; links and TCP states are asked for every 5 s.
     *
     * @param tcpStates sockets by state, the states in camel case
     */
    NetworkSampler(
            Reader<Map<String, InterfaceReading>> counters,
            Reader<Map<String, Link>> links,
            Reader<Map<String, Integer>> tcpStates,
            LongSupplier nanoClock) {
        this.counters = counters;
        this.links = new Paced<>(links, 5);
        this.tcpStates = new Paced<>(tcpStates, 5);
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public JsonObject sample() throws IOException {
        Map<String, InterfaceReading> now = counters.read();
        long nowNanos = nanoClock.getAsLong();
        double seconds = (nowNanos - beforeNanos) / NANOS_PER_SECOND;
        Map<String, Link> linkByName = links.read();
        JsonObject interfaces = new JsonObject();
        now.forEach((name, reading) -> {
            JsonObject face = new JsonObject();
            Link link = linkByName.get(name);
            if (link != null) {
                putLink(face, link);
            }
            InterfaceReading earlier = before.get(name);
            if (earlier != null) {
                putRates(face, earlier, reading, seconds);
            }
            interfaces.put(name, face);
        });
        before = now;
        beforeNanos = nowNanos;
        JsonObject tcp = new JsonObject();
        tcpStates.read().forEach(tcp::put);
        return new JsonObject().put("interfaces", interfaces).put("tcp", tcp);
    }

    private static void putLink(JsonObject face, Link link) {
        face.put("up", link.up());
        if (link.speedBitsPerSecond() > 0) {
            face.put("speedBitsPerSecond", link.speedBitsPerSecond());
        }
    }

    private static void putRates(JsonObject face, InterfaceReading before, InterfaceReading now, double seconds) {
        ToLongFunction<ToLongFunction<InterfaceReading>> rate =
                counter -> Rates.perSecond(counter.applyAsLong(before), counter.applyAsLong(now), seconds);
        face.put("receivedBytesPerSecond", rate.applyAsLong(InterfaceReading::receivedBytes))
                .put("sentBytesPerSecond", rate.applyAsLong(InterfaceReading::sentBytes))
                .put("receivedPacketsPerSecond", rate.applyAsLong(InterfaceReading::receivedPackets))
                .put("sentPacketsPerSecond", rate.applyAsLong(InterfaceReading::sentPackets))
                .put("receiveErrorsPerSecond", rate.applyAsLong(InterfaceReading::receiveErrors))
                .put("sendErrorsPerSecond", rate.applyAsLong(InterfaceReading::sendErrors))
                .put("receiveDropsPerSecond", rate.applyAsLong(InterfaceReading::receiveDrops));
        if (now.sendDrops() >= 0) {
            face.put("sendDropsPerSecond", rate.applyAsLong(InterfaceReading::sendDrops));
        }
    }
}
