/**
 * Boards of one process shown by another: {@link pulseboard.link.LinkVerticle} dials out and publishes, {@link
 * pulseboard.link.LinkServer} takes what comes. One WebSocket for each, text frames, one JSON object each; docs/machines.md has the
 * frames. An agent is another machine and only reports; a worker is a process of this machine, and does what its boards' actions
 * say, too.
 */
@NullMarked
package pulseboard.link;

import org.jspecify.annotations.NullMarked;
