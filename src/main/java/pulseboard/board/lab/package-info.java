/**
 * The boards {@code lab} and {@code consensus}: a small store for video, spread over storage nodes that are real processes, whose
 * chunks are placed by Paxos, and players that fetch them through emulated networks. The boards only show what an engine says that
 * runs as a process of its own. Settings: those of {@code LabConfig}.
 */
@NullMarked
package pulseboard.board.lab;

import org.jspecify.annotations.NullMarked;
