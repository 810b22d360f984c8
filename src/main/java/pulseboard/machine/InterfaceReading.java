package pulseboard.machine;

/**
 * Counters of one network interface since it came up; negative where one is not known.
 *
 * @param receivedBytes bytes received
 * @param receivedPackets packets received
 * @param receiveErrors packets received broken
 * @param receiveDrops packets received and dropped
 * @param sentBytes bytes sent
 * @param sentPackets packets sent
 * @param sendErrors packets that failed to be sent
 * @param sendDrops packets dropped before they were sent
 */
public record InterfaceReading(
        long receivedBytes,
        long receivedPackets,
        long receiveErrors,
        long receiveDrops,
        long sentBytes,
        long sentPackets,
        long sendErrors,
        long sendDrops) {}
