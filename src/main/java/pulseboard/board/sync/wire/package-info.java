/**
 * How machines talk: identities that are pinned ({@link pulseboard.board.sync.wire.Identity}), invitations that work once, TLS over sockets
 * whose bytes are counted ({@link pulseboard.board.sync.wire.Wire}), and frames of bounded length. Of the JDK only.
 */
@NullMarked
package pulseboard.board.sync.wire;

import org.jspecify.annotations.NullMarked;
