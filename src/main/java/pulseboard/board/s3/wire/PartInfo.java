package pulseboard.board.s3.wire;

/**
 * A part of an upload that the server has.
 *
 * @param etag its entity tag, without quotes
 * @param bytes its size
 */
public record PartInfo(String etag, long bytes) {}
