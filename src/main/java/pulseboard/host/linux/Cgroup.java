package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringTokenizer;
import pulseboard.host.ContainerReading;
import pulseboard.host.Paced;
import pulseboard.host.Reader;

/**
 * The control group at the root of the cgroup mount. In a container that is the container's own, with limits; on a host it
 * is the root group, which has no limit files, so there is nothing to tell
 * (<a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">version 2</a>,
 * <a href="https://docs.kernel.org/admin-guide/cgroup-v1/">version 1</a>).
 */
public final class Cgroup implements Reader<Optional<ContainerReading>> {

    /** Version 1 writes "no limit" as the largest number of whole pages. */
    private static final long NO_LIMIT = 1L << 60;

    private static final long NANOS_PER_MICROSECOND = 1000;

    private final Path root;
    private final Paced<Limits> limits = new Paced<>(this::readLimits, 5);

    /** 0 where there is none. */
    private record Limits(double cores, long memoryBytes) {}

    /** Reads {@code fs/cgroup} below a sys folder. */
    public Cgroup(Path sys) {
        root = sys.resolve("fs/cgroup");
    }

    /** Use is read only where there is a limit, and limits, which hardly ever change, are looked for every 5 s. */
    @Override
    public Optional<ContainerReading> read() throws IOException {
        Limits now = limits.read();
        if (now.cores() == 0 && now.memoryBytes() == 0) {
            return Optional.empty();
        }
        return Optional.of(isVersion2() ? version2(now) : version1(now));
    }

    private boolean isVersion2() {
        return Files.exists(root.resolve("cgroup.controllers"));
    }

    private Limits readLimits() {
        if (isVersion2()) {
            return new Limits(
                    SysValue.text(root.resolve("cpu.max"))
                            .map(Cgroup::parseCpuMax)
                            .orElse(0.0),
                    SysValue.number(root.resolve("memory.max")).orElse(0));
        }
        long quota = SysValue.number(root.resolve("cpu/cpu.cfs_quota_us")).orElse(-1);
        long period = SysValue.number(root.resolve("cpu/cpu.cfs_period_us")).orElse(0);
        long memory =
                SysValue.number(root.resolve("memory/memory.limit_in_bytes")).orElse(NO_LIMIT);
        return new Limits(quota > 0 && period > 0 ? (double) quota / period : 0, memory < NO_LIMIT ? memory : 0);
    }

    private ContainerReading version2(Limits limits) throws IOException {
        long cpu = limits.cores() > 0 ? keyed(root.resolve("cpu.stat"), "usage_usec ") : 0;
        long used = limits.memoryBytes() > 0
                ? SysValue.number(root.resolve("memory.current")).orElse(0)
                        - keyed(root.resolve("memory.stat"), "inactive_file ")
                : 0;
        return new ContainerReading(limits.cores(), cpu, limits.memoryBytes(), used);
    }

    private ContainerReading version1(Limits limits) throws IOException {
        long cpu = SysValue.number(root.resolve("cpuacct/cpuacct.usage")).orElse(0) / NANOS_PER_MICROSECOND;
        long used = limits.memoryBytes() > 0
                ? SysValue.number(root.resolve("memory/memory.usage_in_bytes")).orElse(0)
                        - keyed(root.resolve("memory/memory.stat"), "total_inactive_file ")
                : 0;
        return new ContainerReading(limits.cores(), cpu, limits.memoryBytes(), used);
    }

    /** {@code QUOTA PERIOD} in microseconds; the quota is {@code max} when there is no limit. */
    static double parseCpuMax(String text) {
        StringTokenizer words = new StringTokenizer(text);
        String quota = words.nextToken();
        return quota.equals("max") ? 0 : Double.parseDouble(quota) / Double.parseDouble(words.nextToken());
    }

    private static long keyed(Path file, String key) throws IOException {
        return Math.max(0, KeyedNumbers.get(Files.readString(file), key));
    }
}
