package pulseboard.machine;

/**
 * The limits of the control group that this container is confined to.
 *
 * @param cpuLimitCores how many cores' worth of time it may use; 0 when not limited
 * @param cpuMicroseconds CPU time it has used; negative where unknown
 * @param memoryLimitBytes the memory it may use; 0 when not limited
 * @param memoryUsedBytes the memory it uses, without page cache that can be given back at once; negative
 *     where unknown
 */
public record ContainerReading(
        double cpuLimitCores, long cpuMicroseconds, long memoryLimitBytes, long memoryUsedBytes) {}
