/**
 * The agent of file sync, a process of its own on each machine: it watches folders, tells the coordinator what changed, fetches
 * contents from other agents and serves its own to them. Blocking, on threads of its own; one of them, the loop, owns what is
 * known of the folders and all that is renamed or deleted in them.
 */
@NullMarked
package pulseboard.board.sync.agent;

import org.jspecify.annotations.NullMarked;
