package pulseboard.board.s3.wire;

/**
 * An object as a listing tells of it.
 *
 * @param key its key
 * @param bytes its size
 * @param etag its entity tag, without quotes
 */
public record ListedObject(String key, long bytes, String etag) {}
