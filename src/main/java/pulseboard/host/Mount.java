package pulseboard.host;

/**
 * One mounted filesystem.
 *
 * @param path where it is mounted
 * @param type its type, for example {@code ext4} or {@code nfs4}
 * @param device what is mounted
 */
public record Mount(String path, String type, String device) {}
