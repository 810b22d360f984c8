/**
 * This machine: what it reports, and how to ask it without waiting for what hangs. {@code machine.linux} reads the kernel's files,
 * each parsed in one place; {@code machine.oshi} asks OSHI on other systems. Figures are as the machine has them: rates, rounding and
 * names are made by those who ask, {@code host} for its board and {@code prometheus.node} for {@code /metrics}. Knows the JDK, JNA and
 * OSHI, and nothing of Vert.x, of settings or of boards.
 */
@NullMarked
package pulseboard.machine;

import org.jspecify.annotations.NullMarked;
