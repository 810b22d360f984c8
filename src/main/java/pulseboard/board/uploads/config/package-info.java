/** The settings of the board {@code uploads}: records that check themselves, and how sizes and limits are written. */
@NullMarked
package pulseboard.board.uploads.config;

import org.jspecify.annotations.NullMarked;
