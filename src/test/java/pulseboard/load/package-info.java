/**
 * The load generator: thousands of viewers in one process, each of which follows the protocol as a real client does. {@link
 * pulseboard.load.Load} is its command line; {@link pulseboard.load.DeliveryBench} sets it on a server beside the floor.
 */
@NullMarked
package pulseboard.load;

import org.jspecify.annotations.NullMarked;
