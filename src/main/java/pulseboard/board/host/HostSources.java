package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import pulseboard.machine.IgnorePatterns;
import pulseboard.machine.MachineSources;
import pulseboard.machine.linux.LinuxSources;
import pulseboard.machine.oshi.OshiFacts;
import pulseboard.machine.oshi.OshiSources;

/**
 * Where the host boards get what they show.
 *
 * @param machine the figures
 * @param facts what does not change while the machine is up; takes some 100 ms
 */
public record HostSources(MachineSources machine, Supplier<JsonObject> facts) {

    private static final String OSHI_MEMORY = "oshi.util.memoizer.expiration";

    /** Those that the settings name. */
    public static HostSources of(HostConfig config, String pulseboardVersion) {
        // It remembers for 300 ms, longer than the shortest interval: the same counters twice make no rate.
        System.getProperties().putIfAbsent(OSHI_MEMORY, String.valueOf(HostConfig.LEAST_INTERVAL_MILLISECONDS / 2));
        IgnorePatterns ignore = config.ignorePatterns();
        if (!OshiSources.isLinux() || config.source().equals(HostConfig.OSHI)) {
            OshiSources oshi = OshiSources.withNativeCode(ignore);
            return new HostSources(oshi, new HostFacts(oshi.facts()::read, pulseboardVersion)::toJson);
        }
        LinuxSources linux = new LinuxSources(ignore);
        if (!config.source().equals(HostConfig.KERNEL)) {
            linux.orElse(() -> OshiSources.withNativeCode(ignore));
        }
        return new HostSources(linux, new HostFacts(OshiFacts.withoutNativeCode()::read, pulseboardVersion)::toJson);
    }
}
