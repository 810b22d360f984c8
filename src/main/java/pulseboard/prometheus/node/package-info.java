/** Linux's own figures, from {@code /proc} and {@code /sys}, as node_exporter 1.5.0 names and counts them. */
@NullMarked
package pulseboard.prometheus.node;

import org.jspecify.annotations.NullMarked;
