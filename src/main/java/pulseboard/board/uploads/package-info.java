/**
 * The board {@code uploads}: what has piled up in folders is copied or moved to remotes by rclone, account after account within
 * their quotas. Each uploader of the settings has an object in {@code uploaders}, with its phase, session, stage, files, bytes,
 * rates, estimate, queue, files under way, last files and errors; {@code accounts} holds what is used of each quota. The bytes are
 * moved by rclone, a process of its own for each session; the board lists the queue, plans stages, tells rclone what to do, counts
 * what it finished, and finds it again. Settings: those of {@link pulseboard.board.uploads.config.UploadsConfig}.
 */
@NullMarked
package pulseboard.board.uploads;

import org.jspecify.annotations.NullMarked;
