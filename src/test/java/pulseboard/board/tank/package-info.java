/** A board of tanks that a test fills, each of which has a rule. Key of its state: {@code tanks}. Setting: {@code tank.count}. */
@NullMarked
package pulseboard.board.tank;

import org.jspecify.annotations.NullMarked;
