/**
 * File sync: folders that several machines keep equal. So far there are only its {@linkplain pulseboard.board.sync.rules rules} and
 * their simulation; no board, no setting and no command uses them yet.
 */
@NullMarked
package pulseboard.board.sync;

import org.jspecify.annotations.NullMarked;
