#!/bin/sh
# s3proxy 4.1.0 (filesystem-nio2): a part of an upload that was aborted is taken, listed, and kept for ever.
#
# Expected: as S3 has it, UploadPart and ListParts of an upload that was aborted answer 404 NoSuchUpload.
# Found: both answer 200. ListMultipartUploads does not list the upload, so nobody would find the part, which stays in the folder.
set -eu
folder=$(mktemp -d)
trap 'kill "$process" 2>/dev/null || true; rm -rf "$folder"' EXIT
process=
cd "$folder"
exclude() { echo "<exclusion><groupId>$1</groupId><artifactId>*</artifactId></exclusion>"; }
cat >pom.xml <<P
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.gaul</groupId><artifactId>s3proxy</artifactId><version>4.1.0</version><exclusions>
$(for group in com.azure com.google.cloud io.grpc com.squareup.okhttp3 org.apache.sshd com.github.openstack4j.core; do exclude "$group"; done)
</exclusions></dependency>
<dependency><groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-annotations</artifactId><version>2.21</version></dependency>
</dependencies></project>
P
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
mkdir -p data/bucket
cat >settings <<P
s3proxy.authorization=none
s3proxy.endpoint=http://127.0.0.1:0
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$folder/data
P
java -cp 'lib/*' org.gaul.s3proxy.Main --properties settings >log 2>&1 &
process=$!
port=
for _ in $(seq 300); do
	port=$(sed -n 's/.*ServerConnector.*{127\.0\.0\.1:\([1-9][0-9]*\)}.*/\1/p' log | head -n 1)
	[ -z "$port" ] || break
	kill -0 "$process" || { tail -5 log >&2; exit 1; }
	sleep 0.2
done
object="http://127.0.0.1:$port/bucket/object"
id=$(curl -s -X POST "$object?uploads" | sed -n 's/.*<UploadId>\([^<]*\)<.*/\1/p')
status() { curl -s -o answer -w '%{http_code}' "$@"; }
{
	find lib -name 's3proxy-[0-9]*.jar' -exec basename {} ';'
	echo "abort: $(status -X DELETE "$object?uploadId=$id")"
	echo "a part after it: $(status -X PUT --data-binary 'abc' "$object?partNumber=1&uploadId=$id")"
	echo "its parts: $(status "$object?uploadId=$id"), $(grep -o '<PartNumber>[0-9]*' answer)"
	echo "uploads: $(status "http://127.0.0.1:$port/bucket?uploads"), $(grep -c '<UploadId>' answer || true) listed"
	echo "left in the folder: $(find data/bucket -type f | wc -l) file"
} >found
cat found
cat >expected <<'X'
s3proxy-4.1.0.jar
abort: 204
a part after it: 200
its parts: 200, <PartNumber>1
uploads: 200, 0 listed
left in the folder: 1 file
X
if cmp -s found expected; then
	echo "as found: parts of an upload that was aborted are taken"
else
	echo "this has changed" >&2
	exit 1
fi
