/**
 * The host boards: this machine's CPU, memory, pressure, filesystems, disks, network, sensors and processes.
 *
 * <p>Board {@code host} has one key per sampler ({@code cpu}, {@code memory}, {@code pressure}, {@code container}, {@code
 * disks}, {@code network}, {@code processes}, {@code sensors}, {@code filesystems}) and {@code meta}, which reports for each
 * whether it works. Board {@code processes} holds the busiest processes and is sampled only while somebody watches it.
 * Settings: {@link pulseboard.board.host.HostConfig}.
 *
 * <p>A sampler has two halves: a {@link pulseboard.machine.Reader} that asks the machine ({@code machine.linux} reads the
 * kernel's files, {@code machine.oshi} asks OSHI on other systems), and pure arithmetic on what was read.
 */
@NullMarked
package pulseboard.board.host;

import org.jspecify.annotations.NullMarked;
