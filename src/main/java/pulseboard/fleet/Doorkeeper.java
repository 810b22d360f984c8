package pulseboard.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import pulseboard.auth.Accounts;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.KeptText;
import pulseboard.auth.NewToken;
import pulseboard.auth.Token;
import pulseboard.feed.ActionRefusal;
import pulseboard.link.KeyPin;
import pulseboard.link.LinkConfig;

/**
 * Lets machines in and puts them out: changes the registry, and the tokens with it. Used by the program and by its command line; any
 * thread may use it; all blocks. What cannot be done throws an {@link ActionRefusal}.
 */
public final class Doorkeeper {

    private static final int MOST_HOURS = 24 * 30;

    private final RegistryFile file;
    private final TokenKeeper tokens;
    private final LinkConfig config;
    private final Set<String> reserved;
    private final LongSupplier clock;

    /** Changes the accounts; {@link AccountsFile#update} or what knows of the change at once. */
    @FunctionalInterface
    public interface TokenKeeper {
        /** Done when it is on disk. */
        void update(UnaryOperator<Accounts> change) throws IOException;
    }

    /** A machine that has just joined, and the secret that it is to show from now on. */
    public record Admitted(String id, String token, boolean isApproved) {}

    /** An invitation, of which the code is told only now. */
    public record Invited(String code, long expiresAt) {}

    /**
     * Keeps the registry there.
     *
     * @param reserved names that no machine can have
     */
    public Doorkeeper(KeptText registry, TokenKeeper tokens, LinkConfig config, Set<String> reserved) {
        this.file = new RegistryFile(registry);
        this.tokens = tokens;
        this.config = config;
        this.reserved = Set.copyOf(reserved);
        this.clock = System::currentTimeMillis;
    }

    RegistryFile file() {
        return file;
    }

    /** An invitation for so many machines, good for so many hours. */
    public Invited invite(String group, int uses, int hours, String by) throws IOException {
        if (uses < 1 || uses > config.maxAgents()) {
            throw new ActionRefusal(400, "bad_parameter", "uses must be from 1 to " + config.maxAgents());
        }
        if (hours < 1 || hours > MOST_HOURS) {
            throw new ActionRefusal(400, "bad_parameter", "hours must be from 1 to " + MOST_HOURS);
        }
        String code = Code.random();
        long now = clock.getAsLong();
        Invite invite = new Invite(group.strip(), uses, now + TimeUnit.HOURS.toMillis(hours), by);
        file.update(before -> before.invite(code, invite, now));
        return new Invited(code, invite.expiresAt());
    }

    /** A machine shows a code, and gets a token of its own; those that it had are not good any more. */
    public Admitted admit(String code, String name, String machine) throws IOException {
        long now = clock.getAsLong();
        boolean isApproved = !config.approval().equals(LinkConfig.MANUAL);
        Registry.Terms terms = new Registry.Terms(reserved, config.maxAgents(), isApproved);
        String[] id = {""};
        Registry after = file.update(before -> {
            Registry.Joined joined = before.join(new Registry.Joining(code, name, machine), terms, now);
            id[0] = joined.id();
            return joined.registry();
        });
        NewToken token = NewToken.of(id[0], null, Set.of(scope(id[0])), Long.MAX_VALUE);
        tokens.update(accounts -> token.addTo(without(accounts, id[0])));
        return new Admitted(id[0], token.secret(), after.require(id[0]).isLetIn());
    }

    /** Calls it otherwise; nothing: as it is called in addresses. */
    public void rename(String id, String name) throws IOException {
        file.update(before -> before.rename(id, name));
    }

    /** Puts it into another group; nothing: into none. */
    public void move(String id, String group) throws IOException {
        file.update(before -> before.move(id, group));
    }

    /** Gives it these tags, instead of those that it had. */
    public void tag(String id, Map<String, String> tags) throws IOException {
        file.update(before -> before.tag(id, tags));
    }

    /** Lets it in that waits, or was shut out; or shuts it out. */
    public void let(String id, boolean in) throws IOException {
        file.update(before -> before.let(id, in));
    }

    /** Removes it, with its tokens. */
    public void remove(String id) throws IOException {
        file.update(before -> before.remove(id, clock.getAsLong()));
        tokens.update(accounts -> without(accounts, id));
    }

    private static String scope(String id) {
        return "publish:" + id;
    }

    private static Accounts without(Accounts accounts, String id) {
        Accounts left = accounts;
        for (Map.Entry<String, Token> each : accounts.tokens().entrySet()) {
            if (each.getValue().scopes().equals(Set.of(scope(id)))) {
                left = left.withoutToken(each.getKey());
            }
        }
        return left;
    }

    /** A machine as the command line lists it. */
    public record Listed(String id, String name, String group, String version, long heardAt, String word) {}

    /** All machines, in the order of their ids. */
    public List<Listed> list() throws IOException {
        List<Listed> all = new ArrayList<>();
        file.read().hosts().forEach((id, host) -> {
            String word = host.isRefused() ? "refused" : host.isApproved() ? "let in" : "waits for approval";
            all.add(new Listed(id, host.name(), host.group(), host.version(), host.heardAt(), word));
        });
        return all;
    }

    /**
     * The key that machines have to be told, where nobody vouches for the certificate of this server; nothing where somebody does.
     *
     * @param certificate PEM
     */
    public static Optional<KeyPin> pinOf(Path certificate) throws IOException {
        try (InputStream pem = Files.newInputStream(certificate)) {
            X509Certificate first =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return first.getIssuerX500Principal().equals(first.getSubjectX500Principal())
                    ? Optional.of(KeyPin.of(first))
                    : Optional.empty();
        } catch (CertificateException e) {
            throw new IOException(certificate + " holds no certificate: " + e.getMessage(), e);
        }
    }
}
