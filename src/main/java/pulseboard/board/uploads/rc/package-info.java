/**
 * rclone from outside: how it is started, its remote control (JSON by HTTP on a Unix socket, or on loopback where it is too old),
 * and its log. Both 1.60 and the newest are spoken to; what a version does not have is not asked for.
 */
@NullMarked
package pulseboard.board.uploads.rc;

import org.jspecify.annotations.NullMarked;
