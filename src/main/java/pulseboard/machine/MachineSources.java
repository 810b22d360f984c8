package pulseboard.machine;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the figures of this machine come from: one reader for each subject. */
public interface MachineSources {

    Reader<CpuReading> cpu();

    /** The mean clock frequency of all cores in hertz; 0 where it is not known. */
    Reader<Long> frequencyHertz();

    Reader<LoadReading> load();

    Reader<ProcessCounts> processCounts();

    Reader<MemoryReading> memory();

    /** For {@code cpu}, {@code memory} and {@code io} the stalled shares {@code some} and {@code full}, in percent. */
    Map<String, Reader<Map<String, Double>>> pressure();

    Reader<Map<String, DiskReading>> disks();

    Reader<Map<String, InterfaceReading>> interfaces();

    Reader<Map<String, Link>> links();

    /** Those of these interfaces that together are the traffic of this machine, none of it twice. */
    default Set<String> bottomOf(Set<String> interfaces) {
        return interfaces;
    }

    /** Sockets by state, the states in camel case. */
    Reader<Map<String, Integer>> tcpStates();

    Reader<Collection<Mount>> mounts();

    /** The fill of one mounted filesystem; may block for as long as it does not answer. */
    FilesystemReading usage(Mount mount) throws IOException;

    Reader<SensorsReading> sensors();

    /** The limits of this container; empty outside of one. */
    Reader<Optional<ContainerReading>> container();

    Reader<Collection<ProcessReading>> processes();

    /** A name that changes with each start of the machine; empty where it has none. */
    default Reader<String> bootId() {
        return () -> "";
    }

    /** How well the clock is kept; fails where that cannot be known. */
    default Reader<ClockReading> clock() {
        return () -> {
            throw new IOException("nothing here says how the clock is kept");
        };
    }

    /** Where a sampler turns to when these sources fail it; empty: nowhere. Always the same, made at the first call. */
    default Optional<MachineSources> fallback() {
        return Optional.empty();
    }
}
