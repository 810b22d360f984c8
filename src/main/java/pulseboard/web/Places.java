package pulseboard.web;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may have how many of the connections that can be open at once. Strangers have no more than a quarter from one address,
 * and none of the last quarter: that is for addresses from which somebody was let in before, for trusted proxies, and for this
 * machine, so that nobody shuts out those who belong here. Of IPv6 the first 64 bits count, because one client has as many of
 * the rest as it likes (<a href="https://www.rfc-editor.org/rfc/rfc6177">RFC 6177</a>). Used on one event loop.
 */
final class Places {

    private static final int PART = 4;
    private static final int MOST_KNOWN = 1024;
    private static final int PREFIX_BYTES = 8;

    private final int most;
    private final Predicate<InetAddress> isProxy;
    private final Map<ByteBuffer, Integer> openByBlock = new HashMap<>();
    private final Set<ByteBuffer> known = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > MOST_KNOWN;
        }
    });
    private int open;

    /**
     * All are free.
     *
     * @param most the places that there are
     * @param isProxy whether others come by this address
     */
    Places(int most, Predicate<InetAddress> isProxy) {
        this.most = most;
        this.isProxy = isProxy;
    }

    /** Takes a place, or says why there is none. */
    @Nullable
    String take(InetAddress address) {
        ByteBuffer block = block(address);
        String refusal = refusal(address, block);
        if (refusal == null) {
            open++;
            openByBlock.merge(block, 1, Integer::sum);
        }
        return refusal;
    }

    private @Nullable String refusal(InetAddress address, ByteBuffer block) {
        if (open >= most) {
            return "there are " + most + " already, by web.maxViewers and the limit of open files";
        }
        if (isKnown(address, block)) {
            return null;
        }
        if (openByBlock.getOrDefault(block, 0) >= share()) {
            return "its address has " + share()
                    + " already, which is all that one may have where nobody was let in yet";
        }
        return open < most - most / PART
                ? null
                : "the last " + most / PART + " of " + most
                        + " are for addresses from which somebody was let in before";
    }

    private int share() {
        return Math.max(1, most / PART);
    }

    private boolean isKnown(InetAddress address, ByteBuffer block) {
        return known.contains(block) || isThisMachine(address) || isProxy.test(address);
    }

    /** 127.0.0.1 and ::1: proxies on this machine come by these, often without being named in the settings. */
    private static boolean isThisMachine(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isLoopbackAddress()
                && bytes[1] == 0
                && bytes[bytes.length - 2] == 0
                && bytes[bytes.length - 1] == 1;
    }

    /** Gives a place back that was taken. */
    void give(InetAddress address) {
        open--;
        openByBlock.computeIfPresent(block(address), (block, count) -> count == 1 ? null : count - 1);
    }

    /** Somebody was let in from there. */
    void know(InetAddress address) {
        known.add(block(address));
    }

    private static ByteBuffer block(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, PREFIX_BYTES)).slice();
    }
}
