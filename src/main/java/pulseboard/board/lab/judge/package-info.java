/** Compares two ways of playing, in pairs, and says what is known of the difference and what is not. Pure. */
@NullMarked
package pulseboard.board.lab.judge;

import org.jspecify.annotations.NullMarked;
