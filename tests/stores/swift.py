"""OpenStack Swift with its S3 interface, for machines where Ceph's packages cannot be had.

One account, container and object server and the proxy in front, as any user, in an environment of their
own (`build/swift`, made by `make test`). It looks at a condition when a write begins, not when it ends.
"""

import getpass
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.stores.server import StoreServer, free_port

_PYTHON = Path(__file__).resolve().parents[2] / "build" / "swift" / "bin" / "python"
_START_SECONDS = 60
_SERVERS = {"account": "account", "container": "container", "object": "obj", "proxy": "proxy"}

# Swift looks for its own configuration in /etc unless a program says otherwise before it begins.
_RUN = """
import importlib, sys
import swift.common.utils as utils
module, folder, conf = sys.argv[1:]
utils.SWIFT_CONF_FILE = folder + "/swift.conf"
sys.argv = [module, conf]
sys.exit(importlib.import_module("swift." + module + ".server").main())
"""

_COMMON = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
user = {user}
swift_dir = {folder}
devices = {folder}/disks
mount_check = false
workers = 0
log_level = WARNING
recon_cache_path = {folder}/cache
disable_fallocate = true
"""

_BACK = """
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""

_PROXY = """
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats bulk s3api tempauth copy slo dlo versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = us-east-1
min_segment_size = 1048576
[filter:tempauth]
use = egg:swift#tempauth
user_lantern_tests = {secret} .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
"""


def is_installed() -> bool:
    """Whether its environment is there."""
    return _PYTHON.exists()


def start(folder: Path) -> StoreServer:
    """Starts all of it below `folder`. Raises RuntimeError with the last words of what failed."""
    ports = {name: free_port() for name in _SERVERS}
    server = StoreServer(
        endpoint=f"http://127.0.0.1:{ports['proxy']}",
        region="us-east-1",
        access_key="lantern:tests",
        first_end_wins=False,
        has_key_service=False,
        has_rules=False,
    )
    for name in ("disks/d1", "cache"):
        (folder / name).mkdir(parents=True)
    policy = "[storage-policy:0]\nname = plain\ndefault = yes\n"
    hashes = "[swift-hash]\nswift_hash_path_suffix = tests\nswift_hash_path_prefix = tests\n"
    (folder / "swift.conf").write_text(hashes + policy)
    try:
        for name, port in ports.items():
            common = _COMMON.format(port=port, user=getpass.getuser(), folder=folder)
            kind = _PROXY.format(secret=server.secret_key) if name == "proxy" else _BACK.format(name=name)
            (folder / f"{name}.conf").write_text(common + kind)
            if name != "proxy":
                _make_ring(folder, name, port)
        for name, module in _SERVERS.items():
            argv = [
                str(_PYTHON),
                "-W",
                "ignore",
                "-c",
                _RUN,
                module,
                str(folder),
                str(folder / f"{name}.conf"),
            ]
            server.front = server.run(argv, folder / f"{name}.log", env={"PATH": "/usr/bin:/bin"})
        _wait(server, folder)
    except BaseException:
        server.stop()
        raise
    return server


def _make_ring(folder: Path, name: str, port: int) -> None:
    builder = [str(_PYTHON.with_name("swift-ring-builder")), str(folder / f"{name}.builder")]
    steps = (["create", "4", "1", "1"], ["add", f"r1z1-127.0.0.1:{port}/d1", "1"], ["rebalance"])
    for step in steps:
        done = subprocess.run([*builder, *step], capture_output=True, text=True, check=False)
        # 1 is a warning: one disk is no balance.
        if done.returncode > 1:
            raise RuntimeError(f"swift-ring-builder failed: {(done.stdout + done.stderr)[-2000:]}")


def _wait(server: StoreServer, folder: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and not any(process.poll() is not None for process in server.processes):
        try:
            urllib.request.urlopen(server.endpoint, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    said = "\n".join((folder / f"{name}.log").read_text(errors="replace")[-800:] for name in _SERVERS)
    raise RuntimeError(f"Swift does not answer: {said}")
