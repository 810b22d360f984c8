/** What engines share: child processes. Knows nothing of boards, Vert.x or settings, and is tested without them. */
@NullMarked
package pulseboard.engine;

import org.jspecify.annotations.NullMarked;
