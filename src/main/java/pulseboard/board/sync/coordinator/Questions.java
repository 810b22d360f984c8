package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What machines were asked, and who has not answered yet. Used on one context. */
public final class Questions {

    private final Map<Long, Question> all = new HashMap<>();
    private long last;

    private record Question(
            Set<String> waiting, Map<String, JsonObject> said, Consumer<Map<String, JsonObject>> done) {}

    /**
     * Begins to wait for these machines.
     *
     * @param done is given what they have said, by device, when all have, or when it is {@linkplain #giveUp given up}
     * @return the number of the question, for the frame that asks it
     */
    long ask(Set<String> devices, Consumer<Map<String, JsonObject>> done) {
        last++;
        all.put(last, new Question(new TreeSet<>(devices), new TreeMap<>(), done));
        return last;
    }

    /** A machine has answered. */
    void told(String device, JsonObject frame) {
        long id = frame.getLong("ask", 0L);
        Question question = all.get(id);
        if (question != null && question.waiting.remove(device)) {
            question.said.put(device, frame);
            endIfAnswered(id, question);
        }
    }

    /** A machine is gone: it answers nothing any more. */
    void lost(String device) {
        for (long id : List.copyOf(all.keySet())) {
            Question question = all.get(id);
            if (question != null && question.waiting.remove(device)) {
                endIfAnswered(id, question);
            }
        }
    }

    private void endIfAnswered(long id, Question question) {
        if (question.waiting.isEmpty()) {
            giveUp(id);
        }
    }

    /** Whoever has not answered by now does not count. */
    public void giveUp(long id) {
        Question question = all.remove(id);
        if (question != null) {
            question.done.accept(question.said);
        }
    }
}
