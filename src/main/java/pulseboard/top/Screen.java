package pulseboard.top;

import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.AbstractPosixTerminal;
import org.jline.terminal.spi.Pty;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * The whole of a terminal, on its second screen and without echo until {@link #close()}. That is also done when the program is
 * interrupted or terminated; only a kill cannot be answered.
 */
public final class Screen implements AutoCloseable {

    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private static final String LEAVE = "\u001b[0m\u001b[?25h\u001b[?1049l";
    private static final int LEAST_COLUMNS = 20;
    private static final int MOST_COLUMNS = 400;
    private static final int LEAST_ROWS = 4;

    private static final int TRIES = 3;

    private final AbstractPosixTerminal terminal;
    /** Asked itself, since the terminal refuses once JLine has closed it, which it does by itself at the end of the program. */
    private final Pty device;

    private final Attributes original;
    private final boolean isColoured;
    private final Charset charset = nativeCharset();
    private final OutputStream out = output();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile Size size;

    private Screen(AbstractPosixTerminal terminal, boolean isColoured) throws IOException {
        this.terminal = terminal;
        this.device = terminal.getPty();
        this.isColoured = isColoured;
        this.original = device.getAttr();
        this.size = terminal.getSize();
    }

    /** Takes the terminal; null if there is none, or one that can only print. */
    public static @Nullable Screen open(boolean mayBeColoured) throws IOException {
        Terminal terminal;
        try {
            terminal = TerminalBuilder.builder()
                    .system(true)
                    .provider("exec")
                    // Else JLine gives an interrupt back to the system, which ends us on the spot.
                    .nativeSignals(false)
                    .dumb(false)
                    .build();
        } catch (IOException | IllegalStateException none) {
            return null;
        }
        if (!(terminal instanceof AbstractPosixTerminal posix)
                || terminal.getStringCapability(Capability.cursor_address) == null) {
            terminal.close();
            return null;
        }
        Integer colours = terminal.getNumericCapability(Capability.max_colors);
        Screen screen = new Screen(posix, mayBeColoured && colours != null && colours >= 8);
        Runtime.getRuntime().addShutdownHook(new Thread(screen::close, "screen"));
        synchronized (screen.out) {
            screen.enter();
        }
        return screen;
    }

    /** One of our own: JLine closes standard output at the end of the program, maybe before we have left the screen. */
    private static OutputStream output() {
        try {
            return new FileOutputStream("/dev/tty");
        } catch (FileNotFoundException none) {
            return new FileOutputStream(FileDescriptor.out);
        }
    }

    /** What the user's locale says, whatever Java takes for its default. */
    static Charset nativeCharset() {
        String name = System.getProperty("native.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    private void enter() throws IOException {
        terminal.enterRawMode();
        Attributes ours = new Attributes(device.getAttr());
        ours.setControlChar(ControlChar.VSUSP, 0); // Stopped, we would leave the terminal as it is now.
        device.setAttr(ours);
        write(ENTER);
    }

    /** Columns and rows of one moment: asked for one after the other they may be those of two sizes. */
    Size size() {
        Size now = size;
        return new Size(
                Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, now.getColumns())), Math.max(LEAST_ROWS, now.getRows()));
    }

    /** Runs this, on some thread, when the terminal has another size or was taken away for a while. */
    public void onResize(Runnable redraw) {
        terminal.handle(Signal.WINCH, signal -> {
            if (!isClosed.get()) {
                size = terminal.getSize();
                write("\u001b[2J");
                redraw.run();
            }
        });
        terminal.handle(Signal.CONT, signal -> {
            synchronized (out) { // Whoever ends a program may wake it for that: what was left is not entered again.
                if (isClosed.get()) {
                    return;
                }
                try {
                    enter();
                } catch (IOException | IllegalStateException gone) {
                    // At the end of the program, or with the terminal: there is nothing to enter.
                }
            }
            redraw.run();
        });
    }

    /** Hands each key to this, on a thread of its own; -1 when there are no more. */
    public void onKey(IntConsumer keys) {
        Thread reading = new Thread(
                () -> {
                    int key;
                    do {
                        key = read();
                        keys.accept(key);
                    } while (key >= 0);
                },
                "keys");
        reading.setDaemon(true);
        reading.start();
    }

    private int read() {
        try {
            return terminal.reader().read();
        } catch (IOException gone) {
            return -1;
        }
    }

    /** Lines for a screen of this size. */
    public interface Frame {

        /** No more than there are rows. */
        List<TextLine> lines(int columns, int rows);
    }

    /** Shows a frame of the size that the terminal has now. */
    public void draw(Frame frame) {
        Size now = size();
        draw(frame.lines(now.getColumns(), now.getRows()));
    }

    /** Shows these lines and nothing else. */
    void draw(List<TextLine> lines) {
        StringBuilder text = new StringBuilder("\u001b[H");
        for (int i = 0; i < lines.size(); i++) {
            text.append(i == 0 ? "" : "\r\n")
                    .append(lines.get(i).encode(isColoured))
                    .append("\u001b[K");
        }
        write(text.append("\u001b[J").toString());
    }

    private void write(String text) {
        synchronized (out) {
            try {
                if (!isClosed.get()) {
                    out.write(text.getBytes(charset));
                }
            } catch (IOException gone) {
                // Reading keys ends then, too.
            }
        }
    }

    @Override
    public void close() {
        synchronized (out) {
            write(LEAVE);
            if (!isClosed.getAndSet(true)) {
                restore();
            }
        }
    }

    /** A shell in a raw terminal is of no use to anybody, so what was set is looked at, and set again if it did not last. */
    private void restore() {
        try {
            for (int i = 0; i < TRIES && !(i > 0 && isAsBefore()); i++) {
                device.setAttr(original);
            }
        } catch (IOException gone) {
            // With the terminal.
        }
    }

    private boolean isAsBefore() throws IOException {
        Attributes now = device.getAttr();
        return now.getLocalFlags().equals(original.getLocalFlags())
                && now.getInputFlags().equals(original.getInputFlags())
                && now.getControlChar(ControlChar.VSUSP) == original.getControlChar(ControlChar.VSUSP);
    }
}
