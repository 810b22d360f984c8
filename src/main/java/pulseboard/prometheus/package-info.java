/**
 * What Prometheus scrapes at {@code /metrics}, and what is pushed to servers of its kind: the figures of this machine under
 * the names of node_exporter 1.5.0 ({@code node}, Linux only), and those of Pulseboard itself. Read when somebody asks, at most
 * once a second however many do, on threads of its own with a deadline for each subject; while nobody asks nothing is read.
 * Answers requests on the event bus ({@code metrics}); the web side brings them out.
 */
@NullMarked
package pulseboard.prometheus;

import org.jspecify.annotations.NullMarked;
