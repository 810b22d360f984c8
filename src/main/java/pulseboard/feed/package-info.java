/**
 * The protocol of every board: its state as numbered JSON Merge Patches (RFC 7396).
 *
 * <p>{@link pulseboard.feed.Feed} is pure: it compares one state with the next and numbers the difference. {@link
 * pulseboard.feed.FeedPublisher} is the edge to the event bus: it publishes changes, answers requests for snapshots and
 * sends a heartbeat when nothing changes.
 */
@NullMarked
package pulseboard.feed;

import org.jspecify.annotations.NullMarked;
