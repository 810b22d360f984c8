/** A storage node: a process that keeps fragments of chunks and takes part in the decisions about them, by HTTP on loopback. */
@NullMarked
package pulseboard.board.lab.node;

import org.jspecify.annotations.NullMarked;
