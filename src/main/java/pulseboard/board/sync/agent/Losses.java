package pulseboard.board.sync.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.rules.Entry;

/** What is not there any more in a folder, or is not what it should be: told, held, or brought back. Used by the loop. */
final class Losses {

    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

    private final FolderSync sync;

    Losses(FolderSync sync) {
        this.sync = sync;
    }

    /** Paths that were there and were not found, by a look at a directory that could be read. */
    void missing(List<String> paths) {
        List<String> gone = new ArrayList<>();
        for (String path : paths) {
            try {
                if (!sync.tree.stat(path).isThere()) {
                    gone.add(path);
                }
            } catch (IOException e) {
                LOG.debug("{} cannot be looked at", path, e);
            }
        }
        if (sync.guard.allows(gone, sync.index.tables().rows(), this::isMoved)) {
            deleted(gone);
        }
    }

    /** What has no content cannot be lost either. */
    private boolean isMoved(String path) {
        Entry entry = sync.index.row(path).entry();
        String holder = entry.hasContent() ? sync.index.lastHolder(entry.contentId()) : "";
        return holder != null && !holder.equals(path);
    }

    private void deleted(List<String> gone) {
        for (String path : gone) {
            sync.index.noteStat(path, Stat.NOTHING);
            boolean unused = sync.replica.observe(path, Entry.ABSENT);
        }
        sync.announce();
    }

    /** An operator has said that what is missing was deleted on purpose. */
    void release() {
        deleted(sync.guard.release());
    }

    /** An operator has said that what is missing is to come back. */
    void reject() {
        List<String> back = sync.guard.release();
        back.forEach(path -> sync.index.noteStat(path, Stat.NOTHING));
        sync.replica.restore(back);
        sync.askAnew();
    }

    /** What was changed here though others decide is what it was again. What was in changed files is kept as old versions. */
    void revert() {
        if (!sync.isDrift()) {
            return;
        }
        List<String> paths = new ArrayList<>(sync.replica.untold());
        Collections.reverse(paths); // What is in a directory before it.
        List<String> back = new ArrayList<>();
        for (String path : paths) {
            try {
                sync.placer.putAside(path);
                sync.index.noteStat(path, Stat.NOTHING);
                back.add(path);
            } catch (IOException e) {
                LOG.warn("{} stays as it is: {}", path, e.toString());
            }
        }
        sync.replica.restore(back);
        sync.askAnew();
    }
}
