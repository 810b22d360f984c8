#!/bin/sh
# OSHI 7.5.0 (oshi-common, native-free, Linux): where /proc/diskstats cannot be read, as in containers that mask it, it takes a
# disk's counters for others, without an error.
#
# Expected: HWDiskStore's counters come from /sys/block/NAME/stat, which is there; so they are right, or there are none.
# Found: how many fields that file has is learnt once from the first line of /proc/diskstats. Without it, 11 are assumed and
# counted from the end of the line; kernels since 4.18 have 15, since 5.5 have 17. "Reads" is then the number of sectors written.
# The script reads one made-up stat line of 17 fields by the library's own parser with both counts, and then the disks of this
# machine with a proc folder that has no diskstats.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version>
<dependencies>
<dependency><groupId>com.github.oshi</groupId><artifactId>oshi-common</artifactId><version>7.5.0</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
</dependencies></project>
P
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > Disks.java <<'J'
import oshi.hardware.HWDiskStore;
import oshi.nativefree.SystemInfo;
import oshi.util.GlobalConfig;
import oshi.util.ParseUtil;

public class Disks {
    public static void main(String[] arguments) throws Exception {
        String stat = "96778 12619 5327610 89565 78946 90603 12596760 76628 0 43404 177812 28919 130 1815248 8139 11189 3479";
        int[] order = {0, 2, 4, 6, 8, 9}; // reads, sectors read, writes, sectors written, queue, busy milliseconds
        long right = ParseUtil.parseStringToLongArray(stat, order, 17, ' ')[0];
        long wrong = ParseUtil.parseStringToLongArray(stat, order, 11, ' ')[0];
        System.out.println("reads of the line, 17 fields: " + right + "; as 11 fields: " + wrong);
        boolean shown = right == 96778 && wrong == 12596760;
        GlobalConfig.set("oshi.util.proc.path", arguments[0]);
        for (HWDiskStore disk : new SystemInfo().getHardware().getDiskStores()) {
            String[] now = java.nio.file.Files.readString(
                            java.nio.file.Path.of("/sys/block", disk.getName().replace("/dev/", ""), "stat"))
                    .strip()
                    .split("\\s+");
            System.out.println(disk.getName() + ": OSHI says " + disk.getReads() + " reads, the kernel " + now[0]);
            long reads = Long.parseLong(now[0]);
            shown &= now.length <= 11 || reads == 0 || Math.abs(disk.getReads() - reads) > reads / 2;
        }
        System.exit(shown ? 0 : 1);
    }
}
J
mkdir proc
javac -cp 'lib/*' Disks.java
if java -cp 'lib/*:.' Disks "$folder/proc"; then
    echo "as found: the counters are shifted"
else
    echo "changed: the counters are right, or are not told" >&2
    exit 1
fi
