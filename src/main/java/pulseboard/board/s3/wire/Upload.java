package pulseboard.board.s3.wire;

/**
 * An upload in parts that was begun.
 *
 * @param key the object that is to be
 * @param id what the server calls it
 */
public record Upload(String key, String id) {}
