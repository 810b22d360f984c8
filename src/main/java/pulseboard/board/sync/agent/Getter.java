package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.agent.Fetcher.Outcome;
import pulseboard.board.sync.agent.Fetcher.Wish;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.wire.Wire;

/** Gets contents for a {@link Fetcher}: from this machine if they are here under another name, else from others. Thread-safe. */
final class Getter {

    private static final Logger LOG = LoggerFactory.getLogger(Getter.class);

    private final Tree tree;
    private final Index index;
    private final Peers peers;
    private final Totals totals;
    private final Map<Wire, Count> counts = java.util.Collections.synchronizedMap(new java.util.WeakHashMap<>());

    private record Count(long received, long sent) {}

    Getter(Fetcher.Means means) {
        tree = means.tree();
        index = means.index();
        peers = means.peers();
        totals = means.totals();
    }

    void get(List<Wish> wishes, Outcome outcome) throws IOException {
        List<Wish> left = new ArrayList<>();
        for (Wish wish : wishes) {
            if (!copyHere(wish, outcome)) {
                left.add(wish);
            }
        }
        IOException trouble = null;
        String first = wishes.get(0).head().device();
        for (Peers.Peer peer : peers.sources(first)) {
            if (left.isEmpty()) {
                return;
            }
            try {
                left = from(peer, left, outcome);
            } catch (IOException e) {
                LOG.debug("{} gives no contents", peer.name(), e);
                trouble = e;
            }
        }
        if (trouble == null) {
            left.forEach(wish -> outcome.missing().add(wish.head()));
        } else if (!left.isEmpty()) {
            throw trouble;
        }
    }

    private boolean copyHere(Wish wish, Outcome outcome) {
        String contentId = wish.head().entry().contentId();
        String here = index.holder(contentId);
        if (here == null) {
            return false;
        }
        try {
            wish.transfer().kind = "copy";
            Placer.copy(tree, here, contentId);
            outcome.came().add(contentId);
            wish.transfer().doneBytes = wish.transfer().sizeBytes;
            return true;
        } catch (IOException e) {
            LOG.debug("{} is not what it was", here, e);
            return false;
        }
    }

    private List<Wish> from(Peers.Peer peer, List<Wish> wishes, Outcome outcome) throws IOException {
        Wire wire = peers.connect(peer);
        Count before = counts.getOrDefault(
                wire, new Count(0, 0)); // What it has cost to say hello belongs to what is asked first.
        try {
            Puller puller = new Puller(wire, tree.own("parts"));
            boolean isSmall = wishes.size() > 1 || isSmall(wishes.get(0));
            List<Wish> left = isSmall
                    ? small(puller, wishes, outcome)
                    : large(puller, wishes.get(0), outcome) ? List.of() : wishes;
            peers.giveBack(peer, wire);
            return left;
        } catch (IOException | RuntimeException e) {
            peers.drop(wire);
            throw e;
        } finally {
            Count now = new Count(wire.receivedBytes(), wire.sentBytes());
            counts.put(wire, now);
            totals.pulled(peer.id(), now.received - before.received, now.sent - before.sent);
            share(wishes, now.received - before.received + now.sent - before.sent);
        }
    }

    private boolean isSmall(Wish wish) {
        return wish.head().entry().size() <= Fetcher.SMALL_BYTES
                && (wish.basis() == null || index.list(wish.basis()) == null);
    }

    /** What questions for many have cost is shared by all of them, by their bytes. */
    private static void share(List<Wish> wishes, long wireBytes) {
        long bytes = wishes.stream()
                .mapToLong(wish -> wish.transfer().fetchedBytes())
                .sum();
        long left = wireBytes;
        for (int number = 0; number < wishes.size(); number++) {
            Transfer transfer = wishes.get(number).transfer();
            boolean isLast = number == wishes.size() - 1;
            long part = isLast || bytes == 0 ? left : wireBytes * transfer.fetchedBytes() / bytes;
            transfer.wireBytes = part;
            left -= part;
        }
    }

    private static List<Wish> small(Puller puller, List<Wish> wishes, Outcome outcome) throws IOException {
        List<String> contents =
                wishes.stream().map(wish -> wish.head().entry().contentId()).toList();
        wishes.forEach(wish -> wish.transfer().phase = "fetch");
        List<String> came = puller.small(wishes.stream().map(Wish::transfer).toList(), contents);
        outcome.came().addAll(came);
        return wishes.stream()
                .filter(wish -> !came.contains(wish.head().entry().contentId()))
                .toList();
    }

    private boolean large(Puller puller, Wish wish, Outcome outcome) throws IOException {
        Entry entry = wish.head().entry();
        Content old = wish.basis() == null ? null : index.list(wish.basis());
        Content list = puller.list(entry.contentId(), old, entry.size());
        if (list == null || list.size() != entry.size()) {
            return false;
        }
        wish.transfer().kind = old == null ? "new" : "delta";
        boolean isThere;
        if (old == null) {
            isThere = puller.large(entry.contentId(), list, null, wish.transfer());
        } else {
            try (FileChannel file = tree.read(wish.head().path())) {
                isThere = puller.large(entry.contentId(), list, new Step.Basis(old, file), wish.transfer());
            }
        }
        if (isThere) {
            totals.list(entry.contentId(), list);
            outcome.came().add(entry.contentId());
        }
        return isThere;
    }
}
