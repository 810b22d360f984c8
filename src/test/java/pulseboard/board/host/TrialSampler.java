package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A sampler that counts how often it was called, and hangs or throws when told to. */
final class TrialSampler implements Sampler {

    private final String name;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean ioFailure;
    private volatile boolean defect;

    TrialSampler(String name) {
        this.name = name;
    }

    /** From the next call on it hangs until the latch is open. */
    TrialSampler hangingUntil(CountDownLatch open) {
        gate = open;
        return this;
    }

    void failing(boolean failing) {
        ioFailure = failing;
    }

    void defective(boolean defective) {
        defect = defective;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonObject sample() throws IOException {
        int call = calls.incrementAndGet();
        if (gate.getCount() > 0) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (ioFailure) {
            throw new IOException("this machine has none");
        }
        if (defect) {
            throw new IllegalStateException("a defect");
        }
        return new JsonObject().put("call", call);
    }
}
