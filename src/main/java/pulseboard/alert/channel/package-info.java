/**
 * The ways to people: each takes a {@link pulseboard.alert.channel.Message} and says what the other side answered. What is sent
 * when, and what is tried again, is decided elsewhere.
 */
@NullMarked
package pulseboard.alert.channel;

import org.jspecify.annotations.NullMarked;
