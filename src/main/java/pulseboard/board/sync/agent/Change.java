package pulseboard.board.sync.agent;

import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Entry;

/**
 * What was found at a path that does not look as it did.
 *
 * @param stat how it looked before and after it was read
 * @param entry what it is, in no version
 * @param content the chunks of a file
 */
record Change(String path, Stat stat, Entry entry, @Nullable Content content) {}
