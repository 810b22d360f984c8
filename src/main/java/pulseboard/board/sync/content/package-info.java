/**
 * What is in a file, and how little of it has to be sent: content-defined chunks ({@link pulseboard.board.sync.content.Chunker}), the list of
 * them that names a content ({@link pulseboard.board.sync.content.Content}), lists as a difference to other lists, and blocks found at any
 * offset inside of what is missing ({@link pulseboard.board.sync.content.BlockDelta}). Pure, of the JDK only.
 */
@NullMarked
package pulseboard.board.sync.content;

import org.jspecify.annotations.NullMarked;
