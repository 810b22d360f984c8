package pulseboard.load;

import pulseboard.feed.Change;

/** Something that a server pushed to a viewer. */
sealed interface Event {

    /** A change of the board. */
    record Step(Change change) implements Event {}

    /** The whole board. */
    record Whole(Document document) implements Event {}

    /** The server says that something is wrong. */
    record Complaint(String words) implements Event {}
}
