package pulseboard;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.KeptText;
import pulseboard.auth.LockedFile;
import pulseboard.fleet.Exchange;
import pulseboard.fleet.nats.NatsHub;

/**
 * Where users, tokens and the list of machines are kept: in files of this machine, or, where there are several hubs, in what they share.
 */
final class Stores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

    /** All may have been started at once. */
    static final int PATIENCE_SECONDS = 30;

    private final Path folder;
    private final @Nullable NatsHub nats;

    private Stores(Path folder, @Nullable NatsHub nats) {
        this.folder = folder;
        this.nats = nats;
    }

    /** In this folder. */
    static Stores in(Path folder) {
        return new Stores(folder, null);
    }

    /**
     * In this folder, or where the settings say. Then it connects, and what the files hold goes there if nothing is there yet. Blocks,
     * for so many seconds while it cannot connect.
     *
     * @throws StartFailure when that cannot be
     */
    static Stores of(Config config, Path folder, int seconds) {
        if (!config.nats().isOn()) {
            return in(folder);
        }
        try {
            NatsHub nats = NatsHub.connect(config.nats(), config.nats().nameOn(Joining.hostName()), seconds);
            takeOver(new LockedFile(folder, "accounts"), nats.accounts());
            takeOver(new LockedFile(folder, "fleet"), nats.registry());
            return new Stores(folder, nats);
        } catch (IOException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private static void takeOver(LockedFile from, KeptText to) throws IOException {
        if (NatsHub.takeOver(from, to)) {
            LOG.info(
                    "What {} holds is in {} now, for all hubs; the file is not read any more",
                    from.place(),
                    to.place());
        }
    }

    /** Users and tokens. */
    AccountsFile accounts() {
        return new AccountsFile(folder, nats == null ? null : nats.accounts());
    }

    /** Which machines there are. */
    KeptText registry() {
        return nats == null ? new LockedFile(folder, "fleet") : nats.registry();
    }

    /** Other hubs; null where there are none. */
    @Nullable
    Exchange exchange() {
        return nats == null ? null : nats.exchange();
    }

    @Override
    public void close() {
        if (nats != null) {
            nats.close();
        }
    }
}
