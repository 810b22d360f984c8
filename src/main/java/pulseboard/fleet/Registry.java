package pulseboard.fleet;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.BoardId;

/**
 * All machines by id, and all invitations by the hash of their code, as they are at one moment. A value: a change is another one.
 * What cannot be done throws an {@link ActionRefusal}, whose message says why.
 *
 * @param hosts by id
 * @param invites by {@link Code#hash}
 * @param removed when machines that are gone were removed, Unix milliseconds, by id
 */
record Registry(Map<String, Host> hosts, Map<String, Invite> invites, Map<String, Long> removed) {

    /** Nothing is known. */
    static final Registry NONE = new Registry(Map.of(), Map.of(), Map.of());

    private static final long NOT_AGAIN_MILLISECONDS = TimeUnit.DAYS.toMillis(30);

    /** Whoever comes too late is told so, and not that there never was such a code. */
    private static final long KEPT_MILLISECONDS = TimeUnit.DAYS.toMillis(7);

    private static final int MOST_INVITES = 1_000;
    private static final int MOST_CHARACTERS = 64;
    private static final int MOST_ID = 63;

    /** What a machine asks that wants to join. */
    record Joining(String code, String name, String machine) {}

    /**
     * Whom to let in.
     *
     * @param reserved names that no machine can have
     * @param mostHosts how many machines at most
     * @param isApproved whether they may link at once
     */
    record Terms(Set<String> reserved, int mostHosts, boolean isApproved) {}

    /** The registry with the machine, and what it is called. */
    record Joined(Registry registry, String id) {}

    /** Copies; in the order of the ids. */
    Registry {
        hosts = Collections.unmodifiableMap(new TreeMap<>(hosts));
        invites = Map.copyOf(invites);
        removed = Map.copyOf(removed);
    }

    /** With an invitation; those that ended long ago go. */
    Registry invite(String code, Invite invite, long now) {
        requireText("group", invite.group());
        Map<String, Invite> all = new TreeMap<>(invites);
        all.values().removeIf(each -> each.expiresAt() < now - KEPT_MILLISECONDS);
        if (all.size() >= MOST_INVITES) {
            throw new ActionRefusal(409, "too_many_invites", "there are " + MOST_INVITES + " invitations already");
        }
        all.put(Code.hash(code), invite);
        return new Registry(hosts, all, removed);
    }

    /** A machine joins with a code. One that was here before keeps its id. */
    Joined join(Joining joining, Terms terms, long now) {
        String hash = Code.hash(joining.code());
        Invite invite = invites.get(hash);
        requireGood(invite, now);
        String before = known(joining.machine());
        String id = before == null ? free(joining.name(), terms.reserved(), now) : before;
        if (before == null && hosts.size() >= terms.mostHosts()) {
            throw new ActionRefusal(
                    403, "too_many_agents", "there are " + terms.mostHosts() + " machines (fleet.maxAgents)");
        }
        String group = Objects.requireNonNull(invite).group();
        Host fresh = Host.added(joining.name(), group, joining.machine(), now);
        Host added = terms.isApproved() ? fresh : fresh.waiting();
        Map<String, Host> all = new TreeMap<>(hosts);
        all.merge(id, added, (old, unused) -> terms.isApproved() ? old.let(true) : old);
        Map<String, Invite> left = new TreeMap<>(invites);
        left.put(hash, invite.used());
        return new Joined(new Registry(all, left, without(removed, id)), id);
    }

    private static void requireGood(@Nullable Invite invite, long now) {
        if (invite == null) {
            throw new ActionRefusal(403, "code_unknown", "there is no invitation with this code");
        }
        if (now >= invite.expiresAt()) {
            throw new ActionRefusal(403, "code_expired", "the invitation has expired; ask for a new one");
        }
        if (invite.usesLeft() < 1) {
            throw new ActionRefusal(403, "code_used", "the invitation is used up; ask for a new one");
        }
    }

    private @Nullable String known(String machine) {
        return hosts.entrySet().stream()
                .filter(entry ->
                        !machine.isEmpty() && entry.getValue().machine().equals(machine))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private String free(String name, Set<String> isReserved, long now) {
        String id = id(name);
        requireText("name", name);
        if (!BoardId.isSource(id)) {
            throw new ActionRefusal(400, "bad_request", "a machine needs a name of letters, digits and hyphens");
        }
        if (isReserved.contains(id)) {
            throw new ActionRefusal(409, "name_taken", id + " is the name of a board; choose another with --name");
        }
        if (hosts.containsKey(id) || now - removed.getOrDefault(id, Long.MIN_VALUE / 2) < NOT_AGAIN_MILLISECONDS) {
            throw new ActionRefusal(
                    409,
                    "name_taken",
                    "another machine is, or was lately, called " + id + "; choose another with --name");
        }
        requireUnlike(id, name, "; choose another with --name");
        return id;
    }

    /** On a page two machines of one name could not be told apart. */
    private void requireUnlike(String id, String name, String mend) {
        for (Map.Entry<String, Host> other : hosts.entrySet()) {
            boolean isAlike = name.equalsIgnoreCase(other.getValue().name()) || name.equalsIgnoreCase(other.getKey());
            if (isAlike && !other.getKey().equals(id)) {
                throw new ActionRefusal(409, "name_taken", "another machine is called " + name + mend);
            }
        }
    }

    /** What a machine of this name is called in addresses. */
    static String id(String name) {
        String id = name.toLowerCase(Locale.ROOT).replaceFirst("\\..*", "").replaceAll("[^a-z0-9]+", "-");
        int begin = id.startsWith("-") ? 1 : 0; // Hyphens do not stand side by side by now.
        String cut = id.substring(begin, Math.min(id.length(), begin + MOST_ID));
        return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
    }

    private static void requireText(String what, String text) {
        if (text.length() > MOST_CHARACTERS || text.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*")) {
            throw new ActionRefusal(400, "bad_parameter", what + " is at most 64 characters that can be printed");
        }
    }

    /** With machines that came with tokens made by hand. */
    Registry linked(Set<String> ids, long now) {
        Map<String, Host> all = new TreeMap<>(hosts);
        ids.forEach(id -> all.putIfAbsent(id, Host.added(id, "", "", now)));
        Map<String, Long> gone = new TreeMap<>(removed);
        gone.keySet().removeAll(ids);
        return new Registry(all, invites, gone);
    }

    /** With when these were heard of, and what they run; those that are not there are left out. */
    Registry heard(Map<String, Host> last) {
        Map<String, Host> all = new TreeMap<>(hosts);
        last.forEach((id, seen) -> all.computeIfPresent(id, (key, host) -> host.heard(seen.heardAt(), seen.version())));
        return new Registry(all, invites, removed);
    }

    Registry rename(String id, String name) {
        requireText("name", name);
        requireUnlike(id, name.strip(), "; choose another");
        return with(id, host -> host.named(name.isBlank() ? id : name.strip()));
    }

    Registry move(String id, String group) {
        requireText("group", group);
        return with(id, host -> host.in(group.strip()));
    }

    Registry tag(String id, Map<String, String> tags) {
        tags.forEach((key, value) -> requireText("tag", key + "=" + value));
        return with(id, host -> host.tagged(tags));
    }

    /** Lets it in, or shuts it out. */
    Registry let(String id, boolean in) {
        return with(id, host -> host.let(in));
    }

    /** Without it; its name is not given to another for 30 days. */
    Registry remove(String id, long now) {
        require(id);
        Map<String, Long> gone = new TreeMap<>(removed);
        gone.values().removeIf(at -> at < now - NOT_AGAIN_MILLISECONDS);
        gone.put(id, now);
        return new Registry(without(hosts, id), invites, gone);
    }

    /** Without one whose token, made by hand, is not good any more. */
    Registry forget(String id) {
        return new Registry(without(hosts, id), invites, removed);
    }

    /** Changes one machine. */
    Registry with(String id, UnaryOperator<Host> change) {
        Map<String, Host> all = new TreeMap<>(hosts);
        all.put(id, change.apply(require(id)));
        return new Registry(all, invites, removed);
    }

    Host require(String id) {
        Host host = hosts.get(id);
        if (host == null) {
            throw new ActionRefusal(404, "unknown_host", "there is no machine " + id);
        }
        return host;
    }

    private static <V> Map<String, V> without(Map<String, V> all, String key) {
        Map<String, V> rest = new TreeMap<>(all);
        rest.remove(key);
        return rest;
    }

    boolean isLetIn(String id) {
        Host host = hosts.get(id);
        return host != null && host.isLetIn();
    }

    /** Why a machine may not link; nothing when it may, and when it is not known. */
    Optional<ActionRefusal> refusal(String id) {
        Host host = hosts.get(id);
        if (host == null || host.isLetIn()) {
            return Optional.empty();
        }
        String why = host.isRefused()
                ? "an administrator of the other machine has shut out " + id
                : id + " waits for an administrator of the other machine to approve it";
        return Optional.of(new ActionRefusal(403, "host_refused", why));
    }

    JsonObject toJson() {
        JsonObject hostsJson = new JsonObject();
        hosts.forEach((id, host) -> hostsJson.put(id, host.toJson()));
        JsonObject invitesJson = new JsonObject();
        invites.forEach((hash, invite) -> invitesJson.put(hash, invite.toJson()));
        JsonObject removedJson = new JsonObject();
        removed.forEach(removedJson::put);
        return JsonObject.of("version", 1, "hosts", hostsJson, "invites", invitesJson, "removed", removedJson);
    }

    static Registry of(JsonObject json) {
        Map<String, Host> hosts = new TreeMap<>();
        JsonObject hostsJson = json.getJsonObject("hosts", new JsonObject());
        hostsJson.fieldNames().forEach(id -> hosts.put(id, Host.of(hostsJson.getJsonObject(id))));
        Map<String, Invite> invites = new TreeMap<>();
        JsonObject invitesJson = json.getJsonObject("invites", new JsonObject());
        invitesJson.fieldNames().forEach(hash -> invites.put(hash, Invite.of(invitesJson.getJsonObject(hash))));
        Map<String, Long> removed = new TreeMap<>();
        JsonObject removedJson = json.getJsonObject("removed", new JsonObject());
        removedJson.fieldNames().forEach(id -> removed.put(id, removedJson.getLong(id)));
        return new Registry(hosts, invites, removed);
    }
}
