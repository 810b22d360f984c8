package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import pulseboard.board.lab.paxos.Message;

/**
 * In which order requests go out. A scenario lists some; each waits until the one before it in the list has been answered. What is not in the
 * list waits until the list is done. Nothing else about them is changed: the nodes are real and do what they do.
 */
final class Order {

    private final List<String> script;
    private final List<Waiting> waiting = new ArrayList<>();
    private int done;

    private record Waiting(String what, Promise<Void> turn) {}

    /**
     * In this order.
     *
     * @param script such as {@code "ACCEPT uploader-1 n2"}; none: as they come
     */
    Order(List<String> script) {
        this.script = List.copyOf(script);
    }

    /** Done when it is the turn of this message. */
    Future<Void> turn(Message message) {
        Promise<Void> turn = Promise.promise();
        waiting.add(new Waiting(key(message), turn));
        next();
        return turn.future();
    }

    private static String key(Message message) {
        return message.kind() + " " + message.from() + " " + message.to();
    }

    /** A message was answered, or will not be. */
    void answered(Message message) {
        if (done < script.size() && script.get(done).equals(key(message))) {
            done++;
            next();
        }
    }

    private void next() {
        for (Waiting each : List.copyOf(waiting)) {
            if (done >= script.size() || script.get(done).equals(each.what)) {
                waiting.remove(each);
                each.turn.tryComplete();
            }
        }
    }
}
