/** A board as small as can be: a counter. Key of its state: {@code count}. Setting: {@code toy.most}. */
@NullMarked
package pulseboard.board.toy;

import org.jspecify.annotations.NullMarked;
