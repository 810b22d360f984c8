/**
 * Pushes the metrics to a server that takes Prometheus's remote write 1.0, such as Prometheus itself or VictoriaMetrics; off
 * unless {@code remoteWrite.url} names one. What could not be sent waits within a bound, and the oldest is dropped first.
 */
@NullMarked
package pulseboard.prometheus.write;

import org.jspecify.annotations.NullMarked;
