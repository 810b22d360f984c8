package pulseboard.host;

/**
 * Counters of one block device since boot.
 *
 * @param reads completed reads
 * @param readBytes bytes read
 * @param writes completed writes
 * @param writtenBytes bytes written
 * @param waitMilliseconds the time that all its requests took, added up; negative where unknown
 * @param busyMilliseconds the time during which it had any request
 * @param queuedMilliseconds the number of its requests times the time they were under way; negative where unknown
 */
public record DiskReading(
        long reads,
        long readBytes,
        long writes,
        long writtenBytes,
        long waitMilliseconds,
        long busyMilliseconds,
        long queuedMilliseconds) {}
