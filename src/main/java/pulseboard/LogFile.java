package pulseboard;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.recovery.RecoveryListener;
import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A log file that rolls, says on standard error when it cannot be written, and goes on by itself when it can. Logback's own
 * does so after a failed write; but it is dead for good once it could not open its file, which a full disk causes at the start
 * and when it rolls, and it goes on writing to a file that somebody has moved or deleted. Named in {@code logback.xml}.
 */
public final class LogFile extends RollingFileAppender<ILoggingEvent> implements RecoveryListener {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SILENT_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final long ROOM_NANOS = TimeUnit.MINUTES.toNanos(1);

    private long lookedNanos = System.nanoTime();
    private long failedNanos = lookedNanos - ROOM_NANOS;
    private long toldNanos = lookedNanos - SILENT_NANOS;

    /** Which file is open, however it is named by now. */
    private @Nullable Object opened;

    /** Opens the file; if that fails, lines are lost until a later try succeeds. */
    @Override
    public void openFile(String name) {
        try {
            makeFolder(Path.of(name).toAbsolutePath().getParent());
            super.openFile(name);
            opened = identity();
            ((ResilientFileOutputStream) getOutputStream()).addRecoveryListener(this);
        } catch (IOException failure) {
            opened = null;
            setOutputStream(OutputStream.nullOutputStream());
            newFailure(failure);
        }
    }

    /** Not while the disk is full: what is rolled then cannot be compressed, and is not counted among the archives. */
    @Override
    public void rollover() {
        if (System.nanoTime() - failedNanos >= ROOM_NANOS) {
            super.rollover();
        }
    }

    /** Not by {@code createDirectories} alone, which on Java 17 fails on a link to a folder. */
    private static void makeFolder(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    @Override
    protected void subAppend(ILoggingEvent event) {
        long now = System.nanoTime();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            if (opened == null || !opened.equals(identity())) {
                openFile(getFile());
            }
        }
        super.subAppend(event);
    }

    private @Nullable Object identity() {
        try {
            BasicFileAttributes file = Files.readAttributes(Path.of(getFile()), BasicFileAttributes.class);
            return Objects.requireNonNullElse(file.fileKey(), file.creationTime());
        } catch (IOException e) {
            return null;
        }
    }

    /** Says so, but not for each of the thousand lines that are lost. */
    @Override
    public void newFailure(IOException failure) {
        failedNanos = System.nanoTime();
        if (failedNanos - toldNanos >= SILENT_NANOS) {
            toldNanos = failedNanos;
            System.err.println("pulseboard: cannot write " + getFile() + ": " + failure.getMessage()
                    + "; its lines are lost until there is room, all else goes on");
        }
    }

    /** Not said: the library takes for success what it only keeps in memory. */
    @Override
    public void recoveryOccured() {}
}
