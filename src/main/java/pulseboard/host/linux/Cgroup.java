package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringTokenizer;
import pulseboard.host.ContainerReading;
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

    /** Reads {@code fs/cgroup} below a sys folder. */
    public Cgroup(Path sys) {
        root = sys.resolve("fs/cgroup");
    }

    @Override
    public Optional<ContainerReading> read() throws IOException {
        ContainerReading reading = Files.exists(root.resolve("cgroup.controllers")) ? version2() : version1();
        boolean limited = reading.cpuLimitCores() > 0 || reading.memoryLimitBytes() > 0;
        return limited ? Optional.of(reading) : Optional.empty();
    }

    private ContainerReading version2() throws IOException {
        double cores =
                SysValue.text(root.resolve("cpu.max")).map(Cgroup::parseCpuMax).orElse(0.0);
        long memoryLimit = SysValue.number(root.resolve("memory.max")).orElse(0);
        long cpu = cores > 0 ? keyed(root.resolve("cpu.stat"), "usage_usec ") : 0;
        long used = memoryLimit > 0
                ? SysValue.number(root.resolve("memory.current")).orElse(0)
                        - keyed(root.resolve("memory.stat"), "inactive_file ")
                : 0;
        return new ContainerReading(cores, cpu, memoryLimit, used);
    }

    private ContainerReading version1() throws IOException {
        OptionalLong quota = SysValue.number(root.resolve("cpu/cpu.cfs_quota_us"));
        long period = SysValue.number(root.resolve("cpu/cpu.cfs_period_us")).orElse(0);
        double cores = quota.orElse(-1) > 0 && period > 0 ? (double) quota.getAsLong() / period : 0;
        long limit =
                SysValue.number(root.resolve("memory/memory.limit_in_bytes")).orElse(NO_LIMIT);
        long memoryLimit = limit < NO_LIMIT ? limit : 0;
        long cpu = SysValue.number(root.resolve("cpuacct/cpuacct.usage")).orElse(0) / NANOS_PER_MICROSECOND;
        long used = memoryLimit > 0
                ? SysValue.number(root.resolve("memory/memory.usage_in_bytes")).orElse(0)
                        - keyed(root.resolve("memory/memory.stat"), "total_inactive_file ")
                : 0;
        return new ContainerReading(cores, cpu, memoryLimit, used);
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
