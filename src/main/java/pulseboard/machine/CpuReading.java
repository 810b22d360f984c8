package pulseboard.machine;

import java.util.Map;

/**
 * CPU time counters, all from one moment; negative where one is not known.
 *
 * @param ticksByCore for each online logical core its ticks, in the order of {@code /proc/stat} and of OSHI's {@code
 *     TickType}: user, nice, system, idle, I/O wait, IRQ, soft IRQ, steal
 * @param contextSwitches since boot
 * @param interrupts since boot
 */
public record CpuReading(Map<Integer, long[]> ticksByCore, long contextSwitches, long interrupts) {}
