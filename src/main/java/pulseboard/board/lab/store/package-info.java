/**
 * What a storage node keeps: one append-only log of promises, acceptances and the bytes that were accepted with them, so that one
 * {@code force} makes them durable together, and an index in memory that is made from it. Plain Java files, no network.
 */
@NullMarked
package pulseboard.board.lab.store;

import org.jspecify.annotations.NullMarked;
