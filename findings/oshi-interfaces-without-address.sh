#!/bin/sh
# OSHI 7.5.0 on Linux: network interfaces that have no IP address do not exist: members of a bond, ports of a bridge, the card
# below a VLAN. getNetworkIFs(true), "including local interfaces", leaves them out as well, though each has its folder in
# /sys/class/net and OSHI reads the counters from there.
#
# Expected: all interfaces of /proc/net/dev, or all but loopback.
# Found: the list is that of java.net.NetworkInterface, which asks the kernel for addresses (SIOCGIFCONF and /proc/net/if_inet6)
# and so sees only interfaces that have one.
# Needs a network namespace (root, or user namespaces) and iproute2; the bridge has neither IPv4 nor a link-local address.
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
cat > Faces.java <<'J'
public class Faces {
    public static void main(String[] arguments) {
        System.out.println(new oshi.nativefree.SystemInfo()
                .getHardware().getNetworkIFs(true).stream().map(face -> face.getName()).sorted().toList());
    }
}
J
javac -cp 'lib/*' Faces.java
cat > inside.sh <<'S'
set -eu
mount -t sysfs sysfs /sys
ip link set lo up
ip link add name br7 type bridge
ip link set br7 addrgenmode none
ip link set br7 up
echo "kernel: $(ls /sys/class/net | tr '\n' ' ')"
before=$(java -cp 'lib/*:.' Faces)
ip addr add 192.0.2.1/24 dev br7
after=$(java -cp 'lib/*:.' Faces)
echo "OSHI without an address: $before"
echo "OSHI with an address:    $after"
[ "$before" = "[lo]" ] && [ "$after" = "[br7, lo]" ]
S
if unshare -rnm sh inside.sh; then
    echo "as found: an interface without an address is not there"
else
    echo "changed, or no network namespace could be made" >&2
    exit 1
fi
