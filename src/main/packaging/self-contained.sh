#!/bin/sh
# Usage: self-contained.sh JAR FOLDER
# Makes FOLDER/pulseboard-VERSION-linux-ARCHITECTURE.tar.gz: the program and a Java runtime that has only what it needs, for
# machines without Java. Made for the system that this runs on: a runtime cannot be made for another one.
set -eu
umask 022
jar=$1 folder=$2
packaging=$(dirname "$0")
version=$(java -jar "$jar" --version | sed -n 's/^Pulseboard //p')
name=pulseboard-$version-linux-$(uname -m)
root=$folder/$name

# What jdeps finds, without java.desktop, java.compiler and jdk.jfr: only parts of libraries that are not used name them.
# java.xml is for a logging configuration of the user's own; without jdk.crypto.ec there would be no HTTPS to most servers.
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.xml,jdk.crypto.ec,jdk.unsupported

rm -rf "$root" "$root.tar.gz"
mkdir -p "$root/bin"
jlink --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress=2 --output "$root/runtime"
# keytool is of no use here. The runtime's own classes are archived now; those of the program can only be where it will be.
rm -f "$root/runtime/bin/keytool"
"$root/runtime/bin/java" -XX:+UseSerialGC -Xshare:dump >/dev/null 2>&1 \
  || echo "pulseboard: this JDK archives no classes; the runtime starts without" >&2
cp "$jar" "$root/pulseboard.jar"
cp "$packaging/jvm.options" "$packaging/archive-classes.sh" "$packaging/pulseboard.1" "$packaging/../../../LICENSE" "$root/"
cp "$packaging/self-contained-launcher.sh" "$root/bin/pulseboard"
unpacked=$(du -s --apparent-size --block-size=1000000 "$root" | cut -f1)
tar -C "$folder" --sort=name --owner=root:0 --group=root:0 -czf "$root.tar.gz" "$name"
rm -rf "$root"
packed=$(du -s --apparent-size --block-size=1000000 "$root.tar.gz" | cut -f1)
echo "pulseboard: $root.tar.gz has its own Java runtime: $packed MB, unpacked $unpacked MB"
