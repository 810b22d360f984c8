/**
 * The board {@code s3}: folders that are copied to S3-compatible storage. Each job of the settings has an object in {@code jobs},
 * with its phase, files, bytes, rates, estimate, verification, workers, files under way, last files, errors and warnings. The
 * bytes are moved by an engine, a process of its own for each run ({@code pulseboard s3 run}); the board starts it, shows what it
 * says, and finds it again. Settings: those of {@link pulseboard.board.s3.S3Config}.
 */
@NullMarked
package pulseboard.board.s3;

import org.jspecify.annotations.NullMarked;
