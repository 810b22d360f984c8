package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.ContainerReading;

class CgroupTest {

    private static final String UNLIMITED_V1 = "9223372036854771712";

    @TempDir
    private Path sys;

    @TempDir
    private Path proc;

    @Test
    void limitsOfVersionTwoAreRead() throws IOException {
        version2("150000 100000", "1073741824");
        assertEquals(
                Optional.of(new ContainerReading(1.5, 987654321, 1073741824, 400_000_000 - 100_000_000)),
                new Cgroup(proc, sys).read());
    }

    @Test
    void versionTwoWithoutLimitsIsNoContainerToShow() throws IOException {
        version2("max 100000", "max");
        assertEquals(Optional.empty(), new Cgroup(proc, sys).read());
    }

    @Test
    void oneLimitOfVersionTwoIsEnough() throws IOException {
        version2("max 100000", "1073741824");
        assertEquals(Optional.of(new ContainerReading(0, 0, 1073741824, 300_000_000)), new Cgroup(proc, sys).read());
    }

    @Test
    void hostOfVersionTwoHasNoLimitFiles() throws IOException {
        Captured.write(sys, "fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids");
        Captured.write(sys, "fs/cgroup/cpu.stat", "usage_usec 12");
        assertEquals(Optional.empty(), new Cgroup(proc, sys).read());
    }

    @Test
    void limitsOfVersionOneAreRead() throws IOException {
        version1("200000", "536870912");
        assertEquals(
                Optional.of(new ContainerReading(2, 5_000_000, 536870912, 200_000_000 - 50_000_000)),
                new Cgroup(proc, sys).read());
    }

    @Test
    void versionOneWithoutLimitsIsNoContainerToShow() throws IOException {
        version1("-1", UNLIMITED_V1);
        assertEquals(Optional.empty(), new Cgroup(proc, sys).read());
    }

    @Test
    void machineWithoutControlGroupsHasNone() throws IOException {
        assertEquals(Optional.empty(), new Cgroup(proc, sys).read());
    }

    @Test
    void useIsReadAnewEachTime() throws IOException {
        version2("150000 100000", "1073741824");
        Cgroup cgroup = new Cgroup(proc, sys);
        cgroup.read();
        Captured.write(sys, "fs/cgroup/cpu.stat", "usage_usec 987654322");
        Captured.write(sys, "fs/cgroup/memory.current", "400000001");
        assertEquals(Optional.of(new ContainerReading(1.5, 987654322, 1073741824, 300_000_001)), cgroup.read());
    }

    @Test
    void limitsOfOwnGroupAreReadWhereTheWholeTreeIsSeen() throws IOException {
        Captured.write(sys, "fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids");
        Captured.write(proc, "self/cgroup", "0::/system.slice/docker-abc.scope");
        Captured.write(sys, "fs/cgroup/system.slice/memory.max", "max");
        String own = "fs/cgroup/system.slice/docker-abc.scope/";
        Captured.write(sys, own + "memory.max", "536870912");
        Captured.write(sys, own + "memory.current", "104857600");
        Captured.write(sys, own + "memory.stat", "inactive_file 4194304");
        Captured.write(sys, own + "cpu.max", "50000 100000");
        Captured.write(sys, own + "cpu.stat", "usage_usec 77");
        assertEquals(Optional.of(new ContainerReading(0.5, 77, 536870912, 100663296)), new Cgroup(proc, sys).read());
    }

    @Test
    void tightestLimitOnTheWayUpCountsEachWithItsUse() throws IOException {
        version2("400000 100000", "1073741824");
        Captured.write(proc, "self/cgroup", "0::/kubepods.slice/pod7.slice/büro.scope");
        Captured.write(sys, "fs/cgroup/kubepods.slice/pod7.slice/cpu.max", "200000 100000");
        Captured.write(sys, "fs/cgroup/kubepods.slice/pod7.slice/cpu.stat", "usage_usec 5");
        Captured.write(sys, "fs/cgroup/kubepods.slice/memory.max", "2147483648");
        assertEquals(Optional.of(new ContainerReading(2, 5, 1073741824, 300_000_000)), new Cgroup(proc, sys).read());
    }

    @Test
    void limitsOfThisProgramAsAServiceAreNoContainer() throws IOException {
        Captured.write(sys, "fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids");
        for (String group : new String[] {
            "system.slice/pulseboard.service",
            "user.slice/user-1000.slice",
            "user.slice/user-1000.slice/user@1000.service"
        }) {
            Captured.write(proc, "self/cgroup", "0::/" + group);
            Captured.write(sys, "fs/cgroup/" + group + "/memory.max", "536870912");
            assertEquals(Optional.empty(), new Cgroup(proc, sys).read(), group);
        }
    }

    @Test
    void ownGroupOfVersionOneIsFoundByController() throws IOException {
        Captured.write(
                proc, "self/cgroup", "7:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc");
        Captured.write(sys, "fs/cgroup/cpu/docker/abc/cpu.cfs_quota_us", "50000");
        Captured.write(sys, "fs/cgroup/cpu/docker/abc/cpu.cfs_period_us", "100000");
        Captured.write(sys, "fs/cgroup/cpuacct/docker/abc/cpuacct.usage", "9000");
        Captured.write(sys, "fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "536870912");
        Captured.write(sys, "fs/cgroup/memory/docker/abc/memory.usage_in_bytes", "2000");
        Captured.write(sys, "fs/cgroup/memory/memory.limit_in_bytes", UNLIMITED_V1);
        assertEquals(Optional.of(new ContainerReading(0.5, 9, 536870912, 2000)), new Cgroup(proc, sys).read());
    }

    @Test
    void groupThatCannotBeSeenLeavesThatOfTheMount() throws IOException {
        version2("150000 100000", "1073741824");
        for (String path : new String[] {"/../../outside", "/gone (deleted)", "/"}) {
            Captured.write(proc, "self/cgroup", "0::" + path);
            assertEquals(1.5, new Cgroup(proc, sys).read().orElseThrow().cpuLimitCores(), path);
        }
    }

    private void version2(String cpuMax, String memoryMax) throws IOException {
        Captured.write(sys, "fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids");
        Captured.write(sys, "fs/cgroup/cpu.max", cpuMax);
        Captured.write(sys, "fs/cgroup/cpu.stat", "usage_usec 987654321\nuser_usec 900000000\nnr_throttled 3");
        Captured.write(sys, "fs/cgroup/memory.max", memoryMax);
        Captured.write(sys, "fs/cgroup/memory.current", "400000000");
        Captured.write(sys, "fs/cgroup/memory.stat", "anon 1000\ninactive_file 100000000\nactive_file 7");
    }

    private void version1(String quota, String memoryLimit) throws IOException {
        Captured.write(sys, "fs/cgroup/cpu/cpu.cfs_quota_us", quota);
        Captured.write(sys, "fs/cgroup/cpu/cpu.cfs_period_us", "100000");
        Captured.write(sys, "fs/cgroup/cpuacct/cpuacct.usage", "5000000000");
        Captured.write(sys, "fs/cgroup/memory/memory.limit_in_bytes", memoryLimit);
        Captured.write(sys, "fs/cgroup/memory/memory.usage_in_bytes", "200000000");
        Captured.write(sys, "fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 50000000");
    }
}
