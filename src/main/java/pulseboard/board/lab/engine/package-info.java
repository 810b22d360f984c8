/**
 * The engine of the lab: keeps the storage nodes, puts chunks by Paxos and gets them, emulates the network, lets players play. A process
 * of its own; the board follows it by a Unix socket.
 */
@NullMarked
package pulseboard.board.lab.engine;

import org.jspecify.annotations.NullMarked;
