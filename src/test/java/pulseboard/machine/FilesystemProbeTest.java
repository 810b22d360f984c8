package pulseboard.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FilesystemProbeTest {

    private static final FilesystemReading FILL = new FilesystemReading(1000, 400, 300, 50, 20);

    @Test
    void automountIsAskedOnlyWhenItCouldHaveGoneMeanwhile() {
        Mount automount = new Mount("/mnt/nas", "nfs4", "nas:/export", Mount.Access.WRITABLE, 60);
        AtomicInteger asked = new AtomicInteger();
        FakeClock clock = new FakeClock();
        FilesystemProbe probe = new FilesystemProbe(
                mount -> {
                    asked.incrementAndGet();
                    return FILL;
                },
                Runnable::run,
                1000,
                clock);
        for (int second = 0; second < 180; second += 10) {
            assertEquals(
                    FILL,
                    Objects.requireNonNull(probe.read(List.of(automount)).get(automount))
                            .reading());
            clock.passSeconds(10);
        }
        assertEquals(1, asked.get());
        probe.read(List.of(automount));
        assertEquals(2, asked.get());
        probe.read(List.of());
        probe.read(List.of(automount));
        assertEquals(3, asked.get(), "mounted anew it is asked at once");
    }
}
