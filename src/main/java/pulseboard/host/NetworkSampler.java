package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import pulseboard.host.Intervals.Interval;

/** Network interfaces: traffic, errors, drops and link; and how many TCP sockets are in which state. */
final class NetworkSampler implements Sampler {

    private final Reader<Map<String, InterfaceReading>> counters;
    private final Reader<Map<String, Link>> links;
    private final Reader<Map<String, Integer>> tcpStates;
    private final Intervals<Map<String, InterfaceReading>> intervals;
    private final Parts parts = new Parts();

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
        parts.begin();
        intervals.begin();
        JsonObject network = new JsonObject();
        parts.read(counters).ifPresent(now -> network.put("interfaces", interfaces(now)));
        parts.read(tcpStates).ifPresent(states -> {
            JsonObject tcp = new JsonObject();
            states.forEach(tcp::put);
            network.put("tcp", tcp);
        });
        parts.end();
        return network;
    }

    @Override
    public Optional<String> partReason() {
        return parts.reason();
    }

    private JsonObject interfaces(Map<String, InterfaceReading> now) {
        JsonObject interfaces = new JsonObject();
        Optional<Interval<Map<String, InterfaceReading>>> interval = intervals.next(now);
        Map<String, Link> linkByName = parts.read(links).orElse(Map.of());
        now.keySet().forEach(name -> interfaces.put(name, link(linkByName.get(name))));
        interval.ifPresent(since -> since.before().forEach((name, before) -> {
            InterfaceReading reading = now.get(name);
            if (reading != null) {
                putRates(interfaces.getJsonObject(name), before, reading, since.seconds());
            }
        }));
        return interfaces;
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
        BiConsumer<String, ToLongFunction<InterfaceReading>> put = (key, counter) -> {
            long earlier = counter.applyAsLong(before);
            Rates.put(face, key, Rates.rate(earlier, counter.applyAsLong(now), seconds));
        };
        put.accept("receivedBytesPerSecond", InterfaceReading::receivedBytes);
        put.accept("sentBytesPerSecond", InterfaceReading::sentBytes);
        put.accept("receivedPacketsPerSecond", InterfaceReading::receivedPackets);
        put.accept("sentPacketsPerSecond", InterfaceReading::sentPackets);
        put.accept("receiveErrorsPerSecond", InterfaceReading::receiveErrors);
        put.accept("sendErrorsPerSecond", InterfaceReading::sendErrors);
        put.accept("receiveDropsPerSecond", InterfaceReading::receiveDrops);
        put.accept("sendDropsPerSecond", InterfaceReading::sendDrops);
    }
}
