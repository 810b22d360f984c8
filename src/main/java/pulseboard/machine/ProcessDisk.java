package pulseboard.machine;

/**
 * What a process has had moved from and to disks since it began; a negative number is not known.
 *
 * @param readBytes from disks, not from the cache
 * @param writtenBytes to disks, or still to be written
 */
public record ProcessDisk(long readBytes, long writtenBytes) {}
