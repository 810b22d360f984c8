package pulseboard.board.sync.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The conflicts of a folder, decided ones too. Used by one thread. */
final class Conflicts {

    private final Table<String, Conflict> all;

    Conflicts(Table<String, Conflict> all) {
        this.all = all;
    }

    private Stream<Conflict> open(String path) {
        List<Conflict> each = new ArrayList<>();
        all.from(null).forEachRemaining(one -> each.add(one.getValue()));
        return each.stream()
                .filter(one -> one.path().equals(path) && one.state().equals(Conflict.OPEN));
    }

    /** How many at a path wait for a person. */
    int waiting(String path) {
        return (int) open(path).count();
    }

    /** Whoever puts the same content there once more brings no new conflict. */
    void note(String kind, Head head, Conflict.Side other, String copy) {
        Conflict.Side known = new Conflict.Side(head.device(), head.entry());
        boolean isKnown = open(head.path())
                .anyMatch(each -> each.head().entry().hasSameContent(head.entry())
                        && each.other().entry().hasSameContent(other.entry()));
        if (isKnown) {
            return;
        }
        String id = String.format("%012d", all.size() + 1);
        String state = copy.isEmpty() ? Conflict.BY_ITSELF : Conflict.OPEN;
        all.put(id, new Conflict(id, kind, head.path(), copy, known, other, state));
    }

    /** A person has decided one. */
    void resolve(Conflict conflict) {
        all.put(conflict.id(), conflict.in(Conflict.RESOLVED));
    }
}
