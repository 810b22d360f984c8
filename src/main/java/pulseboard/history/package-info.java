/**
 * What the boards showed before: every number of their states, and which processes were the busiest of each minute.
 *
 * <p>Listens to the changes of the boards. The last 15 minutes are in memory, one value a second ({@link
 * pulseboard.history.Recent}). The rest is on disk in {@link pulseboard.history.Tier}s, each coarser and longer than the
 * one before, with minimum, average and maximum of each interval ({@link pulseboard.history.HistoryStore}). Answers requests on
 * {@code board.NAME.history} and {@code board.NAME.series}. Settings: {@link pulseboard.history.HistoryConfig}.
 */
@NullMarked
package pulseboard.history;

import org.jspecify.annotations.NullMarked;
