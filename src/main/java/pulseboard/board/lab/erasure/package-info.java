/**
 * Reed-Solomon code with three data fragments and two of parity over GF(2^8), pure: any three of the five give the data back.
 */
@NullMarked
package pulseboard.board.lab.erasure;

import org.jspecify.annotations.NullMarked;
