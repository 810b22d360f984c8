/**
 * What several hubs share and tell each other, by NATS with JetStream: the only place that knows its client, which is loaded only where
 * {@code nats.servers} is set. Settings: {@code nats.*}; docs/hubs.md.
 */
@NullMarked
package pulseboard.fleet.nats;

import org.jspecify.annotations.NullMarked;
