/**
 * What engines share: child processes, how fast something goes, may go and how long it will take, when it begins, how large, how old
 * and of which type files are. Knows nothing of boards, Vert.x or
 * settings, and is tested without them.
 */
@NullMarked
package pulseboard.engine;

import org.jspecify.annotations.NullMarked;
