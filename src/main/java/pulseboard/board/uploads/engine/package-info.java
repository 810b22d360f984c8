/**
 * What decides: the queue, how stages are planned, which account is next and what it has used, and one uploader's way from a
 * listing to the end of a session. It runs without a board: time is a parameter, and rclone is asked through {@code rc}.
 */
@NullMarked
package pulseboard.board.uploads.engine;

import org.jspecify.annotations.NullMarked;
