package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import pulseboard.board.lab.paxos.Ballot;
import pulseboard.board.lab.paxos.Message;
import pulseboard.board.lab.paxos.Message.Kind;
import pulseboard.board.lab.paxos.Proposer;
import pulseboard.board.lab.store.Store;

/**
 * One uploader's way to a decision: attempts, each with a higher ballot than the one before, until a value is chosen, its own or somebody
 * else's. Used on one event loop.
 */
final class Decision {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long FIRST_PAUSE_MILLISECONDS = 50;
    private static final long MOST_PAUSE_MILLISECONDS = 2_000;

    private final Vertx vertx;
    private final Map<String, NodeClient> nodes;
    private final Task task;
    private final BiFunction<Placement, List<String>, Future<byte[]>> reader;
    private final SplittableRandom random;
    private final long beganNanos = System.nanoTime();
    private int attempts;

    /**
     * What is to be decided.
     *
     * @param chunk its name
     * @param generation of its placement
     * @param mine what this uploader would like
     * @param data the bytes of that
     * @param terms how it goes about it
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Task(String chunk, int generation, Placement mine, byte[] data, Terms terms) {}

    /**
     * How an uploader goes about it.
     *
     * @param name the uploader's, which is in its ballots
     * @param isOwner whether the chunk is its own, so that it need not prepare
     * @param run where it is recorded
     * @param order in which requests go out
     */
    record Terms(String name, boolean isOwner, Run run, Order order) {}

    /** Nobody can be sure of anything: too few nodes answer. */
    static final class NoQuorum extends Exception {
        private static final long serialVersionUID = 1;

        private NoQuorum(String chunk) {
            super("too few nodes answer to decide where " + chunk + " is");
        }
    }

    /**
     * Not begun.
     *
     * @param reader gets the bytes of a placement from those of its nodes, for a value that another uploader left unfinished
     */
    Decision(
            Vertx vertx,
            Map<String, NodeClient> nodes,
            Task task,
            BiFunction<Placement, List<String>, Future<byte[]>> reader) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.task = task;
        this.reader = reader;
        random = new SplittableRandom(task.terms.name.hashCode() * 31L + task.chunk.hashCode());
    }

    /** Goes on until something is chosen; failed with {@link NoQuorum} after 20 s. */
    Future<Placement> run() {
        return attempt(new Ballot(task.terms.isOwner ? 0 : 1, task.terms.name));
    }

    private Future<Placement> attempt(Ballot ballot) {
        Proposer.Group group =
                new Proposer.Group(task.mine.nodes(), task.mine.mode().quorum());
        Attempt attempt =
                new Attempt(Proposer.begin(new Proposer.Setting(task.terms.name, ballot, task.mine.text(), group)));
        return attempt.begin().recover(nothing -> {
            attempts++;
            long pause = Math.min(MOST_PAUSE_MILLISECONDS, FIRST_PAUSE_MILLISECONDS << Math.min(6, attempts));
            pause = pause / 2 + random.nextLong(pause);
            if (System.nanoTime() - beganNanos + pause * 1_000_000 > MOST_NANOS) {
                task.terms.run.end(task.terms.name, "no_quorum", "");
                return Future.failedFuture(new NoQuorum(task.chunk));
            }
            return vertx.timer(pause, TimeUnit.MILLISECONDS).compose(id -> attempt(attempt.proposer.above()));
        });
    }

    /** One ballot. */
    private final class Attempt {

        private final Promise<Placement> result = Promise.promise();
        private final List<Message> first;
        private Proposer proposer;
        private int open;

        private Attempt(Proposer.Step begun) {
            proposer = begun.next();
            first = begun.send();
        }

        private Future<Placement> begin() {
            send(first);
            return result.future();
        }

        private void send(List<Message> messages) {
            open += messages.size();
            if (messages.isEmpty() || messages.get(0).kind() == Kind.PREPARE) {
                messages.forEach(message -> send(message, Store.Bytes.NONE));
                return;
            }
            String value = Objects.requireNonNull(messages.get(0).accepted()).value();
            bytes(value).onComplete(data -> {
                List<String> order = task.mine.nodes();
                for (Message message : messages) {
                    int place = order.indexOf(message.to());
                    if (data.failed()) {
                        ended(message);
                    } else {
                        int fragment = task.mine.mode() == Placement.Mode.CODED ? place : 0;
                        send(message, new Store.Bytes(fragment, data.result()[place]));
                    }
                }
            });
        }

        /** Of its own value it has them; those of a value that it finishes are on the nodes that promised. */
        private Future<byte[][]> bytes(String value) {
            if (value.equals(task.mine.text())) {
                return Future.succeededFuture(task.mine.mode().parts(task.data));
            }
            List<String> holders = new ArrayList<>();
            proposer.promises()
                    .forEach((node, held) ->
                            held.filter(it -> it.value().equals(value)).ifPresent(it -> holders.add(node)));
            Placement other = Placement.of(value);
            return reader.apply(other, holders).map(data -> other.mode().parts(data));
        }

        private void send(Message message, Store.Bytes bytes) {
            Terms terms = task.terms;
            terms.order.turn(message).onSuccess(turn -> {
                terms.run.note(message, bytes.content().length);
                Objects.requireNonNull(nodes.get(message.to()))
                        .paxos(task.chunk, task.generation, message, bytes)
                        .onSuccess(this::take)
                        .onFailure(why -> terms.run.lost(message, why))
                        .onComplete(done -> {
                            terms.order.answered(message);
                            ended(message);
                        });
            });
        }

        private void take(Message reply) {
            task.terms.run.note(reply, 0);
            Proposer.Step step = proposer.step(reply);
            proposer = step.next();
            proposer.chosen().ifPresent(this::chosen);
            if (!step.send().isEmpty()) {
                send(step.send());
            }
        }

        private void chosen(String value) {
            Placement placement = Placement.of(value);
            if (result.tryComplete(placement)) {
                String who = placement.uploader();
                task.terms.run.end(task.terms.name, who.equals(task.terms.name) ? "won" : "lost", who);
                proposer.acceptances().forEach(this::commit);
            }
        }

        /** Whoever is not told finds out by asking; it saves the next one the question. */
        private void commit(String node) {
            task.terms.run.commit(task.terms.name, node, proposer.setting().ballot());
            Objects.requireNonNull(nodes.get(node))
                    .say(task.chunk, task.generation, "chosen")
                    .onFailure(gone -> {});
        }

        private void ended(Message message) {
            open--;
            if (open == 0) {
                result.tryFail("the attempt " + message.ballot().text() + " came to nothing");
            }
        }
    }
}
