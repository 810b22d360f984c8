/** Reads the machine through OSHI: the facts on every system, and all figures where there is no {@code /proc}. */
@NullMarked
package pulseboard.machine.oshi;

import org.jspecify.annotations.NullMarked;
