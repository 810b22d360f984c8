package pulseboard.machine;

/**
 * The fill of one filesystem. Sizes are fractions because some report more bytes than a {@code long} holds.
 *
 * @param totalBytes its size
 * @param freeBytes free, blocks reserved for root included
 * @param availableBytes free to an ordinary user
 * @param totalInodes how many files it can hold; 0 where it has no such limit or it is not known
 * @param freeInodes how many more files it can hold
 */
public record FilesystemReading(
        double totalBytes, double freeBytes, double availableBytes, long totalInodes, long freeInodes) {}
