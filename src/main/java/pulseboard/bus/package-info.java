/** The names of all event-bus addresses: no address is written as text anywhere else. */
@NullMarked
package pulseboard.bus;

import org.jspecify.annotations.NullMarked;
