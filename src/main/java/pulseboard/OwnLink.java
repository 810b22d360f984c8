package pulseboard;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.fleet.Membership;
import pulseboard.link.LinkTarget;
import pulseboard.link.LinkVerticle;

/**
 * Shows this Pulseboard, with its jobs and alerts, at the hub that its machine has joined, for as long as {@code hub.json} lies beside its
 * settings. Nothing is linked without that file, and what it costs is a look at it each 5 s. An agent of this machine, which could show
 * less, makes room: a lock in the state folder tells it.
 */
final class OwnLink extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(OwnLink.class);
    private static final long LOOK_MILLISECONDS = 5_000;
    private static final String LOCK = "link.lock";

    private final Config config;
    private final Path joined;
    private final String page;
    private @Nullable LinkTarget shownAt;
    private @Nullable FileChannel lock;
    private String deployment = "";
    private String trouble = "";

    /**
     * Makes it; it looks from when it is deployed.
     *
     * @param file the settings that the program was started with
     * @param page where people find the page of this machine; empty: nobody is told
     */
    OwnLink(Config config, Path file, String page) {
        this.config = config;
        this.joined = file.toAbsolutePath().resolveSibling(Membership.FILE);
        this.page = page;
    }

    @Override
    public Future<?> start() {
        return look().onComplete(looked -> again());
    }

    private void again() {
        vertx.setTimer(LOOK_MILLISECONDS, id -> look().onComplete(looked -> again()));
    }

    /** The link is a verticle of its own, and ends with the program. */
    @Override
    public Future<?> stop() {
        release();
        return Future.succeededFuture();
    }

    private Future<?> look() {
        return vertx.executeBlocking(this::wanted)
                .compose(wanted -> {
                    trouble = "";
                    return Objects.equals(wanted.orElse(null), shownAt) ? Future.succeededFuture() : change(wanted);
                })
                .onFailure(this::tell);
    }

    private void tell(Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.warn("This machine is not shown at a hub: {}", why);
        }
    }

    private Optional<LinkTarget> wanted() throws IOException {
        Optional<Membership> found = Membership.read(joined);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(Joining.target(found.get(), Joining.Trust.of(null, null, false, config.fleet())));
    }

    private Future<?> change(Optional<LinkTarget> wanted) {
        Future<?> ended = deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment);
        deployment = "";
        shownAt = null;
        return ended.otherwiseEmpty()
                .compose(gone -> vertx.executeBlocking(() -> {
                    release();
                    return wanted.isPresent() && take(wanted.get());
                }))
                .compose(isTaken -> isTaken ? link(wanted.orElseThrow()) : Future.succeededFuture());
    }

    private Future<?> link(LinkTarget target) {
        LinkVerticle link = new LinkVerticle(target, Version.text(), null, config.fleet()::shares).withPage(page);
        return vertx.deployVerticle(link).onSuccess(id -> {
            deployment = id;
            shownAt = target;
        });
    }

    /** False where another one of this user does it already. */
    private synchronized boolean take(LinkTarget target) throws IOException {
        Path folder = config.auth().folderIn(System.getenv());
        Files.createDirectories(folder);
        FileChannel opened = FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock taken = opened.tryLock();
        if (taken == null) {
            opened.close();
            return false;
        }
        opened.truncate(0).write(StandardCharsets.UTF_8.encode(target.toString()));
        lock = opened;
        return true;
    }

    private synchronized void release() {
        try {
            if (lock != null) {
                lock.close(); // And with it goes the lock.
            }
        } catch (IOException e) {
            LOG.debug("The lock of the link was not let go", e);
        }
        lock = null;
    }

    /** Whether a Pulseboard of this machine shows itself there already. Blocks. */
    static boolean isLinked(Config config, LinkTarget target) {
        Path file = config.auth().folderIn(System.getenv()).resolve(LOCK);
        try (FileChannel opened = FileChannel.open(file, StandardOpenOption.READ)) {
            return opened.tryLock(0, Long.MAX_VALUE, true) == null
                    && Files.readString(file).equals(target.toString());
        } catch (OverlappingFileLockException e) {
            return true; // In this process.
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            LOG.debug("It is not known whether a Pulseboard of this machine is linked", e);
            return false;
        }
    }
}
