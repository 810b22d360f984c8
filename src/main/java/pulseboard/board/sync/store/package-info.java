/**
 * What the coordinator and the agents keep from one start to the next: {@linkplain pulseboard.board.sync.rules.Table tables} in a file
 * of H2's MVStore. The only package that knows it.
 */
@NullMarked
package pulseboard.board.sync.store;

import org.jspecify.annotations.NullMarked;
