/**
 * The coordinator of file sync: it knows which machines belong to which folders, decides what becomes of what they announce, and never
 * sees a content. Used on one context; of Vert.x it knows only JSON.
 */
@NullMarked
package pulseboard.board.sync.coordinator;

import org.jspecify.annotations.NullMarked;
