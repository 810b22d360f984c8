package pulseboard.link;

import java.nio.file.Path;
import java.util.Set;

/**
 * Who may link here, and with what.
 *
 * @param config whether other machines may, and how many
 * @param workers names of boards that a worker of this machine may bring; none if there is to be no worker
 * @param reserved names that no other machine can have
 * @param resources the Unix socket of the worker
 */
public record LinkPolicy(LinkConfig config, Set<String> workers, Set<String> reserved, Path resources) {

    /** Copies. */
    public LinkPolicy {
        workers = Set.copyOf(workers);
        reserved = Set.copyOf(reserved);
    }

    /** Whether there is nothing to be here for links. */
    public boolean takesNobody() {
        return !config.accept() && workers.isEmpty();
    }
}
