/**
 * The rules of file sync, pure: {@link pulseboard.board.sync.rules.Version versions} that say which edit knew of which, the
 * {@link pulseboard.board.sync.rules.Heads} of a folder that the coordinator keeps, and the
 * {@link pulseboard.board.sync.rules.Replica} of it on each machine. No clock, no disk and no network: those who use them bring
 * both, and the simulation of the tests brings bad ones.
 */
@NullMarked
package pulseboard.board.sync.rules;

import org.jspecify.annotations.NullMarked;
