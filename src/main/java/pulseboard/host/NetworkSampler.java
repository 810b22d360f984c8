package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Network interfaces: traffic, errors, drops and link; and how many TCP sockets are in which state. */
final class NetworkSampler implements Sampler {

    private final Reader<Map<String, InterfaceReading>> counters;
    private final Reader<Map<String, Link>> links;
    private final Reader<Map<String, Integer>> tcpStates;
    private final Intervals<Map<String, InterfaceReading>> intervals;

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
        this.intervals = new Intervals<>(nanoClock);
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public JsonObject sample() throws IOException {
        intervals.begin();
        Map<String, InterfaceReading> now = counters.read();
        Map<String, Link> linkByName = links.read();
        JsonObject interfaces = new JsonObject();
        now.keySet().forEach(name -> interfaces.put(name, link(linkByName.get(name))));
        intervals
                .next(now)
                .ifPresent(interval -> interval.before().forEach((name, before) -> {
                    InterfaceReading reading = now.get(name);
                    if (reading != null) {
                        putRates(interfaces.getJsonObject(name), before, reading, interval.seconds());
                    }
                }));
        JsonObject tcp = new JsonObject();
        tcpStates.read().forEach(tcp::put);
        return new JsonObject().put("interfaces", interfaces).put("tcp", tcp);
    }

    private static JsonObject link(@Nullable Link link) {
        JsonObject face = new JsonObject();
        if (link != null) {
            face.put("up", link.up());
        }
        if (link != null && link.speedBitsPerSecond() > 0) {
            face.put("speedBitsPerSecond", link.speedBitsPerSecond());
        }
        return face;
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
