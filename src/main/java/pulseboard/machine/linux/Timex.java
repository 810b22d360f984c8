package pulseboard.machine.linux;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import pulseboard.machine.ClockReading;

/**
 * How the kernel's clock is kept: the answer of the adjtimex(2) call with modes 0, which reads and sets nothing, and needs
 * no right. Through JNA, since no file of the kernel has it. Fields are named as there.
 */
public final class Timex {

    // The places of the fields, each as far from the next as a native long.
    private static final int OFFSET = 1;
    private static final int FREQ = 2;
    private static final int MAXERROR = 3;
    private static final int ESTERROR = 4;
    private static final int STATUS = 5;
    private static final int CONSTANT = 6;
    private static final int TICK = 11;
    private static final int PPSFREQ = 12;
    private static final int JITTER = 13;
    private static final int SHIFT = 14;
    private static final int STABIL = 15;
    private static final int JITCNT = 16;
    private static final int CALCNT = 17;
    private static final int ERRCNT = 18;
    private static final int STBCNT = 19;
    private static final int TAI = 20;

    /** What the call returns, beside -1, where nobody keeps the clock: TIME_ERROR. */
    private static final int TIME_ERROR = 5;

    /** In status: offset and jitter are nanoseconds, not microseconds. */
    private static final int STA_NANO = 0x2000;

    private static final double MICRO = 1e-6;
    private static final double NANO = 1e-9;

    /** Frequencies are parts per million with 16 bits of fraction. */
    private static final double PPM = MICRO / (1 << 16);

    /** More than any system's structure has. */
    private static final int STRUCTURE_BYTES = 256;

    /** Empty where JNA has bound the call, otherwise why it could not. */
    private static final String TROUBLE = load();

    private final int state;
    private final ByteBuffer fields;
    private final int longBytes;

    Timex(int state, byte[] structure, int longBytes) {
        this.state = state;
        this.fields = ByteBuffer.wrap(structure).order(ByteOrder.nativeOrder());
        this.longBytes = longBytes;
    }

    /**
     * Asks the kernel.
     *
     * @throws IOException where it does not answer, as in a container that forbids the call, with the reason for people
     */
    public static Timex read() throws IOException {
        if (!TROUBLE.isEmpty()) {
            throw new IOException(TROUBLE);
        }
        byte[] structure = new byte[STRUCTURE_BYTES];
        int state = adjtimex(structure);
        if (state < 0) {
            throw new IOException("the kernel does not say how the clock is kept: adjtimex failed, error number "
                    + Native.getLastError());
        }
        return new Timex(state, structure, Native.LONG_SIZE);
    }

    static ClockReading readClock() throws IOException {
        Timex now = read();
        return new ClockReading(now.isSynchronized(), now.maximumErrorSeconds());
    }

    /** Whether something, as a rule a time service, keeps the clock right. */
    public boolean isSynchronized() {
        return state != TIME_ERROR;
    }

    /** How far the clock may be off at most. */
    public double maximumErrorSeconds() {
        return number(MAXERROR) * MICRO;
    }

    /** How far the clock is off, as its keeper thinks. */
    public double estimatedErrorSeconds() {
        return number(ESTERROR) * MICRO;
    }

    /** What is still to be corrected. */
    public double offsetSeconds() {
        return number(OFFSET) * unit();
    }

    /** How much faster than its crystal the clock is made to run; 1: as fast. */
    public double frequencyRatio() {
        return 1 + number(FREQ) * PPM;
    }

    /** The bits of the status, STA_ in adjtimex(2). */
    public int status() {
        return integer(STATUS);
    }

    /** How eagerly the kernel corrects: the time constant of its phase-locked loop. */
    public long loopTimeConstant() {
        return number(CONSTANT);
    }

    /** From one tick of the clock to the next. */
    public double tickSeconds() {
        return number(TICK) * MICRO;
    }

    /** International atomic time less UTC; 0 where nobody told the kernel. */
    public int taiOffsetSeconds() {
        return integer(TAI);
    }

    /** The frequency by a pulse per second, where one comes. */
    public double pulseFrequencyRatio() {
        return number(PPSFREQ) * PPM;
    }

    /** How much the pulse jitters. */
    public double pulseJitterSeconds() {
        return number(JITTER) * unit();
    }

    /** For how long pulses are counted at a time. */
    public int pulseShiftSeconds() {
        return integer(SHIFT);
    }

    /** How much the frequency by the pulse changes. */
    public double pulseStabilityRatio() {
        return number(STABIL) * PPM;
    }

    /** How often the pulse jittered too much. */
    public long pulseJitterCount() {
        return number(JITCNT);
    }

    /** How often pulses were counted. */
    public long pulseCalibrationCount() {
        return number(CALCNT);
    }

    /** How often the counting failed. */
    public long pulseErrorCount() {
        return number(ERRCNT);
    }

    /** How often the frequency changed too much. */
    public long pulseStabilityExceededCount() {
        return number(STBCNT);
    }

    private double unit() {
        return (status() & STA_NANO) == 0 ? MICRO : NANO;
    }

    private long number(int place) {
        return longBytes == Long.BYTES ? fields.getLong(place * longBytes) : fields.getInt(place * longBytes);
    }

    private int integer(int place) {
        return fields.getInt(place * longBytes);
    }

    /** That of the C library, bound by its name. */
    private static native int adjtimex(byte[] structure);

    private static String load() {
        try {
            Native.register(Timex.class, "c");
            return "";
        } catch (LinkageError e) {
            return "JNA cannot load its native part: " + e.getMessage();
        }
    }
}
