/** The board's state as Cloudplow's dashboard told it, for programs that were made for that. Pure. */
@NullMarked
package pulseboard.board.uploads.cloudplow;

import org.jspecify.annotations.NullMarked;
