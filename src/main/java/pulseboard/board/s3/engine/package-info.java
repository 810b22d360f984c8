/**
 * The engine that copies a folder to a bucket: walk, list, compare, send, verify. Runs without a board, on threads of its own that
 * wait for the wire; it tells how it goes on as one JSON document.
 */
@NullMarked
package pulseboard.board.s3.engine;

import org.jspecify.annotations.NullMarked;
