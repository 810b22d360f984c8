package pulseboard.machine;

/**
 * Counters of one block device since boot; negative where one is not known.
 *
 * @param reads completed reads
 * @param readBytes bytes read
 * @param writes completed writes
 * @param writtenBytes bytes written
 * @param waitMilliseconds the time that all its requests took, added up
 * @param busyMilliseconds the time during which it had any request
 * @param queuedMilliseconds the number of its requests times the time they were under way
 */
public record DiskReading(
        long reads,
        long readBytes,
        long writes,
        long writtenBytes,
        long waitMilliseconds,
        long busyMilliseconds,
        long queuedMilliseconds) {

    /** The counters of both. */
    public DiskReading plus(DiskReading other) {
        return new DiskReading(
                sum(reads, other.reads),
                sum(readBytes, other.readBytes),
                sum(writes, other.writes),
                sum(writtenBytes, other.writtenBytes),
                sum(waitMilliseconds, other.waitMilliseconds),
                sum(busyMilliseconds, other.busyMilliseconds),
                sum(queuedMilliseconds, other.queuedMilliseconds));
    }

    private static long sum(long one, long other) {
        return one < 0 || other < 0 ? -1 : one + other;
    }
}
