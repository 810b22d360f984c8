/**
 * Many machines on one page: which there are and how they came ({@link pulseboard.fleet.Registry}, kept on disk), how each is doing
 * ({@link pulseboard.fleet.FleetBoard}, the board {@code fleet}: {@code hosts.ID} with a state and some figures each, {@code hub}
 * with totals), and how a machine joins with a code. Settings: {@code fleet.*}; docs/fleet.md.
 */
@NullMarked
package pulseboard.fleet;

import org.jspecify.annotations.NullMarked;
