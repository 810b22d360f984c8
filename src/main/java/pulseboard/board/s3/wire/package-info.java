/**
 * S3 on the wire: the requests that the engine makes, signed, and what servers answer. On Vert.x's HTTP client; credentials and
 * signatures are the AWS SDK's. Knows nothing of folders, jobs or boards.
 */
@NullMarked
package pulseboard.board.s3.wire;

import org.jspecify.annotations.NullMarked;
