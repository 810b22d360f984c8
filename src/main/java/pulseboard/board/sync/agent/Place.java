package pulseboard.board.sync.agent;

/** A folder on the disk, what is known of it, and what is left out of it. */
record Place(Tree tree, Index index, Ignores ignores) {}
