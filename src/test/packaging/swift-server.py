"""swift-server.py FOLDER: a Swift of one account, one container and one object server, with s3api before them. Prints the port, and is there until it is ended."""
import os
import pwd
import runpy
import sys

import eventlet
import swift.common.utils as utils
import swift.common.wsgi as wsgi
from swift.common.ring import RingBuilder

FOLDER = os.path.abspath(sys.argv[1])
STORES = ("account", "container", "object")
PROXY = """
[pipeline:main]
pipeline = catch_errors gatekeeper proxy-logging cache bulk s3api tempauth slo proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:9
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
[filter:slo]
use = egg:swift#slo
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
"""


def write(name, text):
    path = os.path.join(FOLDER, name)
    with open(path, "w") as file:
        file.write(text)
    return path


def settings(name, port, rest):
    user = pwd.getpwuid(os.getuid()).pw_name
    return write(name + ".conf", f"""[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {FOLDER}
devices = {FOLDER}
mount_check = false
user = {user}
{rest}""")


def ring(name, port):
    builder = RingBuilder(2, 1, 1)  # Four partitions, one copy.
    builder.add_dev({"id": 0, "region": 1, "zone": 1, "weight": 1, "ip": "127.0.0.1", "port": port, "device": "disk"})
    builder.rebalance()
    builder.get_ring().save(os.path.join(FOLDER, name + ".ring.gz"))


def serve(name, conf):
    """In a process of its own: it is the one that has this socket."""
    out = os.open(os.path.join(FOLDER, name + ".out"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    wsgi.get_socket = lambda conf: sockets[name]
    sys.argv = [name, conf, "-v"]
    runpy.run_path(os.path.join(os.environ["SWIFT_PROGRAMS"], f"swift-{name}-server"), run_name="__main__")


os.makedirs(os.path.join(FOLDER, "disk"))
utils.SWIFT_CONF_FILE = write("swift.conf", "[swift-hash]\nswift_hash_path_suffix = pulseboard\n[storage-policy:0]\nname = only\ndefault = yes\n")
sockets = {name: eventlet.listen(("127.0.0.1", 0), backlog=4096) for name in STORES + ("proxy",)}
for name in STORES:
    port = sockets[name].getsockname()[1]
    ring(name, port)
    conf = settings(name, port, f"[pipeline:main]\npipeline = {name}-server\n[app:{name}-server]\nuse = egg:swift#{name}\n")
    if os.fork() == 0:
        serve(name, conf)
        sys.exit()
port = sockets["proxy"].getsockname()[1]
print(port, flush=True)
serve("proxy", settings("proxy", port, PROXY))
