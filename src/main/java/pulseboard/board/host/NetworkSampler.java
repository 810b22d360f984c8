package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pulseboard.board.host.CounterDeltas.Interval;
import pulseboard.machine.InterfaceReading;
import pulseboard.machine.Link;
import pulseboard.machine.MachineSources;
import pulseboard.machine.Reader;
import pulseboard.machine.ThrottledSource;

/** Network interfaces: traffic, errors, drops and link; and how many TCP sockets are in which state. */
final class NetworkSampler implements Sampler {

    private static final int LINKS_SECONDS = 5;
    private static final int BOTTOM_SECONDS = 15;

    private final Readers readers;
    private final Reader<Map<String, Link>> links;
    private final Reader<Map<String, Integer>> tcpStates;
    private final CounterDeltas<Map<String, InterfaceReading>> intervals;
    private final Parts parts = new Parts();
    private Set<String> names = Set.of();
    private Reader<Set<String>> bottom = () -> names;

    /**
     * What it reads; links and TCP states every 5 s.
     *
     * @param counters counters of all interfaces
     * @param links their links
     * @param tcpStates sockets by state, the states in camel case
     * @param bottomOf chooses the interfaces of which the total is made; asked every 15 s, and when there are others
     */
    record Readers(
            Reader<Map<String, InterfaceReading>> counters,
            Reader<Map<String, Link>> links,
            Reader<Map<String, Integer>> tcpStates,
            UnaryOperator<Set<String>> bottomOf) {

        static Readers of(MachineSources sources) {
            return new Readers(sources.interfaces(), sources.links(), sources.tcpStates(), sources::bottomOf);
        }
    }

    NetworkSampler(Readers readers, LongSupplier nanoClock) {
        this.readers = readers;
        this.links = new ThrottledSource<>(readers.links(), LINKS_SECONDS);
        this.tcpStates = new ThrottledSource<>(readers.tcpStates(), LINKS_SECONDS);
        this.intervals = new CounterDeltas<>(nanoClock);
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public void reset() {
        intervals.reset();
    }

    @Override
    public JsonObject sample() throws IOException {
        parts.begin();
        intervals.begin();
        JsonObject network = new JsonObject();
        parts.read(readers.counters()).ifPresentOrElse(now -> putInterfaces(network, now), intervals::reset);
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

    private void putInterfaces(JsonObject network, Map<String, InterfaceReading> now) {
        JsonObject interfaces = new JsonObject();
        Optional<Interval<Map<String, InterfaceReading>>> interval = intervals.next(now);
        Map<String, Link> linkByName = parts.read(links).orElse(Map.of());
        now.keySet().forEach(name -> interfaces.put(name, link(linkByName.get(name))));
        interval.ifPresent(since -> {
            putTotal(network, since);
            since.before().forEach((name, before) -> {
                InterfaceReading reading = now.get(name);
                if (reading != null) {
                    putRates(interfaces.getJsonObject(name), before, reading, since.seconds());
                }
            });
        });
        network.put("interfaces", interfaces);
    }

    /** What entered and left this machine: each byte once, however many interfaces it went through. */
    private void putTotal(JsonObject network, Interval<Map<String, InterfaceReading>> interval) {
        Map<String, InterfaceReading> now = interval.now();
        if (!now.keySet().equals(names)) {
            names = Set.copyOf(now.keySet());
            bottom = new ThrottledSource<>(() -> readers.bottomOf().apply(names), BOTTOM_SECONDS);
        }
        Set<String> counted = parts.read(bottom).orElse(names);
        Rates.put(network, "receivedBytesPerSecond", sum(interval, counted, InterfaceReading::receivedBytes));
        Rates.put(network, "sentBytesPerSecond", sum(interval, counted, InterfaceReading::sentBytes));
    }

    /** Empty where one of the counters is not known: the rest would be less than what there was. */
    private static OptionalLong sum(
            Interval<Map<String, InterfaceReading>> interval,
            Set<String> counted,
            ToLongFunction<InterfaceReading> counter) {
        long sum = 0;
        for (String name : counted) {
            InterfaceReading earlier = interval.before().get(name);
            InterfaceReading reading = interval.now().get(name);
            if (earlier != null && reading != null) {
                long before = counter.applyAsLong(earlier);
                long now = counter.applyAsLong(reading);
                if (before < 0 || now < 0) {
                    return OptionalLong.empty();
                }
                sum += Math.max(0, now - before);
            }
        }
        return Rates.rate(0, sum, interval.seconds());
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
