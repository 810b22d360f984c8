package pulseboard.machine.oshi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.FileSystem;
import oshi.software.os.OSFileStore;
import pulseboard.machine.IgnorePatterns;
import pulseboard.machine.Mount;

class OshiDisksTest {

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        InvocationHandler calls = (proxy, method, arguments) -> answers.get(method.getName());
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private static OSFileStore store(String mount, String type) {
        return answering(OSFileStore.class, Map.of("getMount", mount, "getType", type, "getVolume", "any"));
    }

    /** OSHI leaves out others by the places where they usually are. */
    @Test
    void mountsThatAreNoDisksAreLeftOutAsWithTheKernelsFiles() throws Exception {
        List<OSFileStore> stores = List.of(
                store("/", "ext4"),
                store("/mnt/tools", "tmpfs"),
                store("/tmp", "tmpfs"),
                store("/srv/iso", "iso9660"),
                store("/srv/merged", "overlay"),
                store("/srv/disk", "xfs"));
        OshiDisks disks = new OshiDisks(
                answering(HardwareAbstractionLayer.class, Map.of()),
                answering(FileSystem.class, Map.of("getFileStores", stores)),
                IgnorePatterns.of("", "", ""));
        assertEquals(
                List.of("/", "/srv/disk", "/tmp"),
                disks.mounts().read().stream().map(Mount::path).toList());
    }
}
