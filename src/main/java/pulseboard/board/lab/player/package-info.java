/**
 * A player without network or clock, pure: what it fetches next, from whom, in which quality, and what a viewer sees of it. The same
 * classes play over HTTP and in simulated time. Times are seconds of any clock.
 */
@NullMarked
package pulseboard.board.lab.player;

import org.jspecify.annotations.NullMarked;
