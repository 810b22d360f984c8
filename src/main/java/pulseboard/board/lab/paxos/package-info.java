/**
 * Paxos for one decision (Lamport, "Paxos Made Simple", 2001), pure: a state and a message make the next state and the answer. No
 * clock, no network, no disk. The same classes run on the nodes, in the engine, and in the tests that try all orders of messages.
 */
@NullMarked
package pulseboard.board.lab.paxos;

import org.jspecify.annotations.NullMarked;
