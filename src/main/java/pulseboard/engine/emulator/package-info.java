/** An emulated line, pure: how long what is sent takes to arrive. The same for the same seed, in real and in simulated time. */
@NullMarked
package pulseboard.engine.emulator;

import org.jspecify.annotations.NullMarked;
