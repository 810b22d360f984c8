/** Reads the Linux kernel's own files: one class a file, each with a pure {@code parse} and a {@code read}. */
@NullMarked
package pulseboard.machine.linux;

import org.jspecify.annotations.NullMarked;
