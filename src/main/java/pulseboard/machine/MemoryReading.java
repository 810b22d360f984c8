package pulseboard.machine;

/**
 * Memory as it stands, in bytes, and paging counters, in bytes since boot; negative where the system does not report it.
 *
 * @param total usable memory
 * @param available what programs can still get without swapping
 * @param cached page cache and reclaimable slabs
 * @param buffers block device buffers
 * @param swapTotal size of all swap; 0 when there is none
 * @param swapUsed swap in use
 * @param swappedIn read from swap since boot
 * @param swappedOut written to swap since boot
 */
public record MemoryReading(
        long total,
        long available,
        long cached,
        long buffers,
        long swapTotal,
        long swapUsed,
        long swappedIn,
        long swappedOut) {}
