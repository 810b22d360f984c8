package pulseboard.machine;

/**
 * The state of a network interface's link.
 *
 * @param up whether it can carry traffic
 * @param speedBitsPerSecond its speed; 0 where there is none or it is not known
 */
public record Link(boolean up, long speedBitsPerSecond) {}
