# make run         build and run Pulseboard at http://localhost:8080   (ARGS="--port 9000" for options)
# make check       for every commit: format, compiler, unit tests, the page's types; under two minutes
# make test        every check there is; .ci/run calls this and nothing else
# make test-nginx  only what stands in front of the jar: Nginx and Caddy
# make test-vm     a real "vagrant up" and the packages on Debian machines; as root, some minutes
# make package     build target/pulseboard.deb, and a .tar.gz with a Java runtime of its own
# make bench       measure, each figure beside its floor   (ARGS="delivery=1,100" for a part, BEFORE=JAR for another build beside it)
# make test-long   tests that mostly wait: the program is stopped for 30 s, clocks are set; some minutes
# make soak        the packaged jar with 500 viewers that come and go for half an hour   (ARGS=MINUTES)
# make audit       what ships, and which known holes it has, as far as the registries tell
# make fmt         format the code

SHELL := /bin/bash
MVN := mvn -q -B -Dstyle.color=never
MVN_TEST := mvn -B --no-transfer-progress -Dstyle.color=never
JAR := target/pulseboard.jar
ARCHIVE := target/pulseboard.jsa
JVM_OPTIONS := src/main/packaging/jvm.options
SOURCES := pom.xml logback.xml $(shell find src/main webroot -type f)
PAGE_TESTS := src/test/webroot
VM_TESTS := src/test/vm/vagrant.sh src/test/vm/puppet.sh src/test/vm/package.sh
VM := $(if $(filter 1,$(WITHOUT_VM)),,$(VM_TESTS))
PEERS := target/peers
PEER_PACKAGES := prometheus prometheus-node-exporter victoria-metrics
SYNC_PACKAGES := rsync syncthing libpopt0 libxxhash0
NETDATA_PACKAGES := netdata-core netdata-web libnetfilter-acct1 libuv1 libjson-c5 libmnl0
PAGE_TOOLS := $(PAGE_TESTS)/node_modules/.package-lock.json
ARGS ?=

# $(call need,COMMAND,PACKAGE,OPTION): install a Debian package unless the command, or the file of this path, is there.
need = command -v $(1) >/dev/null 2>&1 || test -f $(1) || { echo "pulseboard: $(1) is missing, installing Debian's $(2)"; \
	$(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $(3) $(2) >/dev/null; }
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: test-peers run build package deb check check-format check-java check-page test test-long test-page test-nginx test-newer-java test-puppet test-vm pictures puppet-tools vm-tools bench \
	bench-classes bench-s3 bench-sync soak audit fmt clean java tools proxies vm-ready $(VM_TESTS)

run: $(ARCHIVE)
	@MALLOC_ARENA_MAX=1 java @$(JVM_OPTIONS) -XX:SharedArchiveFile=$(ARCHIVE) -Dlogback.configurationFile=file:$(CURDIR)/logback.xml \
		-jar $(JAR) $(ARGS) || { code=$$?; [ $$code -eq 130 ] || [ $$code -eq 143 ] || exit $$code; }

build: $(ARCHIVE)

java:
	@$(call need,javac,openjdk-17-jdk-headless)
	@$(call need,mvn,maven)

tools: java
	@$(call need,node,nodejs)
	@$(call need,npm,npm)
	@$(call need,chromium,chromium)
	@$(call need,vmstat,procps)
	@$(call need,faketime,faketime)
	@$(call need,unshare,util-linux)
	@$(call need,mount,mount)
	@$(call need,ip,iproute2)

# $(call unpack,PACKAGES,FILE): Debian's packages, unpacked and not installed, so that no service of theirs is started.
define unpack
	@echo "pulseboard: unpacking Debian's $(1) into $(PEERS)"
	@mkdir -p $(PEERS)/new && cd $(PEERS)/new && { apt-get download -qq $(1) 2>/dev/null \
		|| { $(SUDO) apt-get update -qq && apt-get download -qq $(1); }; } \
		&& for package in *.deb; do dpkg-deb -x "$$package" .. || exit 1; done && cd .. && rm -r new && touch $(2)
endef

# Programs that the tests need, and Netdata to measure beside.
TEST_PEERS := $(PEERS)/.unpacked $(PEERS)/.alertmanager $(PEERS)/.rclone $(PEERS)/.nats $(PEERS)/.newer-rclone $(PEERS)/s3proxy/.copied $(PEERS)/.ceph

test-peers: $(TEST_PEERS)

peers: test-peers $(PEERS)/.netdata

$(PEERS)/.unpacked:
	$(call unpack,$(PEER_PACKAGES),.unpacked)

$(PEERS)/.alertmanager:
	$(call unpack,prometheus-alertmanager,.alertmanager)

$(PEERS)/.netdata:
	$(call unpack,$(NETDATA_PACKAGES),.netdata)

$(PEERS)/.rclone:
	$(call unpack,rclone,.rclone)

$(PEERS)/.nats:
	$(call unpack,nats-server,.nats)

# The newest rclone that Debian has, by lists of its own: the machine's stay as they are. Where there is none the tests take Debian's stable one, and say so.
$(PEERS)/.newer-rclone: src/test/packaging/newer-rclone.sh
	@mkdir -p $(PEERS)
	@if src/test/packaging/newer-rclone.sh $(PEERS)/newer-rclone; then touch $@; else rm -rf $(PEERS)/newer-rclone; \
		echo "pulseboard: NOT TESTED: the newest rclone, since Debian's newest suite gives none" >&2; fi

# Ceph, as an S3 server with users and quotas. Where Debian does not give it, its tests are skipped, and say so.
$(PEERS)/.ceph: src/test/packaging/ceph.sh
	@mkdir -p $(PEERS)
	@if src/test/packaging/ceph.sh $(PEERS)/ceph; then touch $@; else rm -rf $(PEERS)/ceph; \
		echo "pulseboard: NOT TESTED: Ceph, since Debian's repository does not give it" >&2; fi

# Swift, as one more S3 server. Where Debian does not give it, its tests are skipped, and say so.
$(PEERS)/.swift: src/test/packaging/swift.sh
	@mkdir -p $(PEERS)
	@if src/test/packaging/swift.sh $(PEERS)/swift; then touch $@; else rm -rf $(PEERS)/swift; \
		echo "pulseboard: NOT TESTED: Swift, since Debian's repository does not give it" >&2; fi

# What file sync is measured beside, where nobody else finds them.
$(PEERS)/.sync:
	@mkdir -p $(PEERS)/sync/new && cd $(PEERS)/sync/new && { apt-get download -qq $(SYNC_PACKAGES) 2>/dev/null \
		|| { $(SUDO) apt-get update -qq && apt-get download -qq $(SYNC_PACKAGES); }; } \
		&& for package in *.deb; do dpkg-deb -x "$$package" .. || exit 1; done && cd .. && rm -r new && touch ../.sync

# An S3 server with libraries of its own, which must not get among ours.
$(PEERS)/s3proxy/.copied: src/test/s3proxy/pom.xml
	@rm -rf $(PEERS)/s3proxy
	@$(MVN) -f src/test/s3proxy/pom.xml dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/$(PEERS)/s3proxy
	@touch $@

proxies:
	@$(call need,/usr/sbin/nginx,nginx)
	@$(call need,/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so,libnginx-mod-http-brotli-filter)
	@$(call need,/usr/lib/nginx/modules/ngx_http_brotli_static_module.so,libnginx-mod-http-brotli-static)
	@$(call need,caddy,caddy)
	@$(call need,openssl,openssl)

$(JAR): $(SOURCES) | java
	@echo "pulseboard: building $(JAR); the first time this downloads what it is made of, some minutes"
	@$(MVN) -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip package
	@touch $@

# Class data of one short run, ready to be mapped into memory: a faster start in less memory. It fits this JVM only.
$(ARCHIVE): $(JAR) $(JVM_OPTIONS)
	@src/main/packaging/archive-classes.sh $(JAR) $(JVM_OPTIONS) $@

# Unit tests; in these folders those that start a server or a second program, or take long by themselves, have the tag "system".
UNIT_TESTS := pulseboard/auth/*Test,pulseboard/feed/*Test,pulseboard/history/*Test,pulseboard/board/**/*Test,pulseboard/alert/*Test,pulseboard/engine/*Test,pulseboard/fleet/*Test,pulseboard/install/*Test,$\
	pulseboard/machine/**/*Test,pulseboard/prometheus/TextFormatTest,pulseboard/prometheus/node/*Test,pulseboard/top/*Test,$\
	ArchitectureTest,DocsTest,ErrorWordsTest,ManPageTest,PatternsTest,SecretFilesTest,Settings*Test,SourceSizeTest

check: java $(PAGE_TOOLS)
	@$(MAKE) --no-print-directory -j3 --output-sync=target check-format check-java check-page
	@echo "pulseboard: checked; before a push also what it touches of make test"

check-format:
	$(MVN) spotless:check

check-java:
	$(MVN) test -Dspotless.check.skip -Dtest='$(UNIT_TESTS)' -DexcludedGroups="soak | long | system"

check-page:
	cd $(PAGE_TESTS) && npx tsc -p . && node --test --test-reporter=dot *.test.js

# For stages that mostly wait: three at once keep two cores busy. When one fails, those that run go on to their end, no other one
# begins, and all has failed. Nothing may be left to install or to build: they share only files that stay as they are.
SIDE_BY_SIDE = $(MAKE) --no-print-directory -j3 --output-sync=target

# After a failure: which tests, as the last words.
FAILED = { src/test/packaging/failed-tests.sh target; exit 1; }

test: tools $(TEST_PEERS)
	@rm -rf target/failed-page-tests target/surefire-reports target/reports-jdk* && mkdir -p target/failed-page-tests
	$(MVN_TEST) verify || $(FAILED)
	@touch $(JAR)
	@$(MAKE) --no-print-directory $(ARCHIVE) $(PAGE_TOOLS) proxies puppet-tools $(if $(CI),vm-ready)
	@echo "pulseboard: the rest side by side; what a stage says comes when it has ended"
	@$(SIDE_BY_SIDE) test-page test-newer-java $(if $(CI),$(VM)) test-nginx test-puppet || $(FAILED)
	@$(if $(CI),,echo "pulseboard: not in this: make test-vm runs vagrant up and the packages on machines of their own")

# The tests with the tag "long"; part of "make test" with a shorter stop, fewer viewers and fewer kills.
test-long: tools $(TEST_PEERS) $(PEERS)/.swift $(JAR)
	$(MVN_TEST) test -Dspotless.check.skip -Dgroups="long | soak" -DexcludedGroups= -Dpulseboard.stop.seconds=30 -Dpulseboard.lab.schedules=200000 \
		-Dpulseboard.history.kills=50

# The still and the film in README, of this machine as it is now, and the boards of docs/boards at real work.
pictures: $(PAGE_TOOLS) $(ARCHIVE) $(TEST_PEERS)
	@$(call need,img2webp,webp)
	cd $(PAGE_TESTS) && node pictures.js && node board-pictures.js

# $(call node-test,NAME): what reports, for people and for the last words.
node-test = mkdir -p target/failed-page-tests && cd $(PAGE_TESTS) && CI=true node --test --test-reporter=spec --test-reporter-destination=stdout \
	--test-reporter=./failed-tests.js --test-reporter-destination=$(CURDIR)/target/failed-page-tests/$(1)

# The page's own tests: modules, types, a real browser, and a third party's client.
test-page: $(PAGE_TOOLS) $(ARCHIVE) $(TEST_PEERS)
	cd $(PAGE_TESTS) && npx tsc -p .
	$(call node-test,page) *.test.js browser/*.test.js client/*.test.js

# A real Nginx, and Caddy, in front of the real jar.
test-nginx: $(PAGE_TOOLS) $(ARCHIVE) proxies
	$(call node-test,nginx) --test-concurrency=1 nginx/*.test.js

$(PAGE_TOOLS): $(PAGE_TESTS)/package-lock.json | tools
	cd $(PAGE_TESTS) && npm ci --no-audit --no-fund --silent
	@touch $@

# What runs on the newest JDK of this machine, when there is one beside the default: what needs the JVM most (its HTTP, TLS, files, native
# access, processes), in less time than the page takes. All of it, some 40 minutes: make test-newer-java NEWER_TESTS=
NEWER_TESTS := pulseboard/auth/*Test,pulseboard/feed/*Test,pulseboard/history/*Test,pulseboard/engine/*Test,pulseboard/machine/**/*Test,$\
	pulseboard/board/host/*Test,pulseboard/board/s3/wire/*Test,pulseboard/board/sync/content/*Test,pulseboard/board/sync/wire/*Test,$\
	pulseboard/top/*Test,pulseboard/web/*Test,pulseboard/link/*Test,pulseboard/MainTest
test-newer-java: $(JAR)
	@src/main/packaging/test-newer-java.sh '$(NEWER_TESTS)'

# The archive with a Java runtime of its own, beside the Debian package.
package: deb
	@src/main/packaging/self-contained.sh $(JAR) target

# The Debian package: pom.xml lists what goes where, and this makes the parts that are not there as they are.
deb: $(JAR)
	@rm -rf target/package && mkdir -p target/package && cd target/package && jar xf ../pulseboard.jar pulseboard/page \
		&& gzip -9nc ../../src/main/packaging/pulseboard.1 >pulseboard.1.gz && gzip -9nc ../../CHANGELOG.md >changelog.gz
	@$(MVN) jdeb:jdeb@deb
	@echo "pulseboard: target/pulseboard.deb is version $$(dpkg-deb -f target/pulseboard.deb Version)"

puppet-tools: java
	@$(call need,puppet,puppet)
	@$(call need,puppet-lint,puppet-lint)
	@$(call need,rspec-puppet-init,ruby-rspec-puppet)
	@$(call need,vagrant,vagrant vagrant-lxc,--no-install-recommends)
	@$(call need,shellcheck,shellcheck)

# The Puppet module, the Vagrantfile and every shell script, without a machine. The module's settings are held against the jar's.
test-puppet: puppet-tools $(JAR)
	puppet parser validate puppet
	puppet epp validate $$(find puppet -name '*.epp')
	puppet-lint --fail-on-warnings puppet
	cd puppet/modules/pulseboard && rspec
	VAGRANT_HOME=target/vagrant VAGRANT_DOTFILE_PATH=target/vagrant VAGRANT_CHECKPOINT_DISABLE=1 PULSEBOARD_PORT= vagrant validate
	shellcheck -x $$(git grep --untracked -lE '^#!/bin/(ba)?sh|^# shellcheck shell=')

vm-tools: java
	@$(call need,node,nodejs)
	@$(call need,vagrant,vagrant vagrant-lxc,--no-install-recommends)
	@$(call need,lxc-start,lxc vagrant-lxc,--no-install-recommends)
	@$(call need,sudo,sudo)
	@$(call need,redir,redir)
	@$(call need,ip,iproute2)
	@$(call need,rsync,rsync)
	@$(call need,ssh,openssh-client)
	@$(call need,curl,curl)
	@$(call need,mmdebstrap,mmdebstrap,--no-install-recommends)
	@$(call need,apt-ftparchive,apt-utils)
	@$(call need,systemd-nspawn,systemd-container,--no-install-recommends)

# What a user does, on machines of their own, side by side in namespaces of their own. Their files are kept in ~/.cache.
test-vm: vm-ready
	@$(if $(VM),$(SIDE_BY_SIDE) $(VM))

vm-ready:
	@$(if $(VM),$(MAKE) --no-print-directory vm-tools package, \
		echo "pulseboard: WITHOUT_VM=1: NOT TESTED: vagrant up, Puppet and the packages on real machines" >&2)

# In CI not before the other stages can begin: the page's takes longest.
$(VM_TESTS): $(if $(CI),| tools)
	@$@

# $(call measure,ARGUMENTS)
measure = java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp target/test-classes:$(JAR):$$(cat target/bench/classpath) \
	pulseboard.Bench $(1)

bench: bench-classes $(if $(if $(ARGS),$(filter s3% uploads%,$(ARGS)),all),bench-s3) $(if $(if $(ARGS),$(filter sync%,$(ARGS)),all),bench-sync)
	@$(call measure,$(ARGS))

soak: bench-classes
	@$(call measure,soak=$(ARGS))

# What the S3 engine is measured beside.
bench-s3: $(PEERS)/.newer-rclone
	@$(call need,/usr/bin/time,time)
	@$(call need,s3cmd,s3cmd)
	@$(call need,/usr/bin/aws,awscli)

bench-sync: $(PEERS)/.sync
	@$(call need,/usr/bin/time,time)

bench-classes: tools peers $(PAGE_TOOLS) $(ARCHIVE)
	$(MVN) -DskipTests -Dspotless.check.skip test-compile
	@$(MVN) dependency:build-classpath -Dmdep.includeArtifactIds=HdrHistogram -Dmdep.outputFile=target/bench/classpath

# Fails when there is a known hole, and when nobody could be asked: then only the list of what ships is good.
audit: tools $(JAR) $(PAGE_TOOLS)
	@src/main/packaging/audit.sh $(JAR) $(PAGE_TESTS)

fmt: java
	$(MVN) spotless:apply

clean:
	rm -rf target
