"""Ceph's object gateway for the tests: one monitor, one object daemon in memory, one S3 endpoint.

Everything lies in one folder and listens on free ports of the loopback; any user may start it.
"""

import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Sequence
from pathlib import Path

from tests.stores.server import ACCESS_KEY, SECRET_KEY, StoreServer, free_port

PROGRAMS = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
_START_SECONDS = 90

_CONF = """
[global]
fsid = {fsid}
mon_host = [v1:127.0.0.1:{mon}]
mon_initial_members = a
public_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
ms_bind_msgr2 = false
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
# Maps change a dozen times while the gateway makes its pools; one monitor need not wait for others.
paxos_propose_interval = 0.05
paxos_min_wait = 0.02
run_dir = {folder}/run
admin_socket = {folder}/run/$name.asok
pid_file = {folder}/run/$name.pid
log_file = {folder}/log/$name.log
keyring = {folder}/keyring
[mon.a]
mon_data = {folder}/mon
mon_data_avail_crit = 1
mon_data_avail_warn = 1
[osd]
osd_data = {folder}/osd
osd_objectstore = memstore
memstore_device_bytes = 2147483648
[client.rgw]
rgw_frontends = beast endpoint=127.0.0.1:{port}
rgw_enable_apis = s3
rgw_thread_pool_size = 64
# A key service of its own, so that encryption by key id can be tried; plain HTTP is fine on the loopback.
rgw_crypt_require_ssl = false
rgw_crypt_s3_kms_backend = testing
rgw_crypt_s3_kms_encryption_keys = lantern-key=bGFudGVybi10ZXN0cy1vbmx5LWxhbnRlcm4tdGVzdHM=
"""


def is_installed() -> bool:
    """Whether every program of it is on the path."""
    return all(shutil.which(name, path=_path()) for name in PROGRAMS)


def start(folder: Path) -> StoreServer:
    """Starts all of it below `folder`. Raises RuntimeError with the last words of what failed."""
    port, mon = free_port(), free_port()
    for name in ("run", "log", "mon", "osd"):
        (folder / name).mkdir(parents=True)
    cluster = str(uuid.uuid4())
    (folder / "ceph.conf").write_text(_CONF.format(fsid=cluster, mon=mon, folder=folder, port=port))
    server = StoreServer(endpoint=f"http://127.0.0.1:{port}", region="us-east-1")
    try:
        _bring_up(folder, cluster, mon, server)
    except BaseException:
        server.stop()
        raise
    return server


def _bring_up(folder: Path, cluster: str, mon: int, server: StoreServer) -> None:
    keyring, monmap = str(folder / "keyring"), str(folder / "monmap")
    create = [
        "ceph-authtool",
        "--create-keyring",
        keyring,
        "--gen-key",
        "-n",
        "mon.",
        "--cap",
        "mon",
        "allow *",
    ]
    _run(folder, create)
    rights = ["--cap", "mon", "allow *", "--cap", "osd", "allow *"]
    _run(folder, ["ceph-authtool", keyring, "--gen-key", "-n", "client.admin", *rights])
    address = f"[v1:127.0.0.1:{mon}]"
    _run(folder, ["monmaptool", "--create", "--addv", "a", address, "--fsid", cluster, monmap])
    _run(folder, ["ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap, "--keyring", keyring])
    server.run(["ceph-mon", "-i", "a", "-f"], folder / "log" / "mon.out", env=_environment(folder))
    # A disk in memory gives itself an id, whatever it is told; the monitor has to know that one.
    _run(folder, ["ceph-osd", "-i", "0", "--mkfs"])
    disk = (folder / "osd" / "fsid").read_text(encoding="ascii").strip()
    _run(folder, ["ceph", "--connect-timeout", "30", "osd", "new", disk], tries=10)
    _start_disk(folder, server)
    keys = ["--access-key", ACCESS_KEY, "--secret-key", SECRET_KEY]
    _run(
        folder, ["radosgw-admin", "user", "create", "--uid", "vod", "--display-name", "vod", *keys], tries=10
    )
    _start_gateway(folder, server)


def _start_disk(folder: Path, server: StoreServer) -> None:
    """Like every client it gives up where it asks before the monitor has told it which cluster this is."""
    log, until = folder / "log" / "osd.0.log", time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        process = server.run(
            ["ceph-osd", "-i", "0", "-f"], folder / "log" / "osd.out", env=_environment(folder)
        )
        while process.poll() is None and time.monotonic() < until:
            if log.exists() and "done with init" in log.read_text(errors="replace"):
                return
            time.sleep(0.05)
    raise RuntimeError(f"Ceph's object daemon does not start: {log.read_text(errors='replace')[-2000:]}")


def _start_gateway(folder: Path, server: StoreServer) -> None:
    out, until = folder / "log" / "rgw.out", time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        argv = ["radosgw", "-n", "client.rgw", "-f"]
        server.front = server.run(argv, out, env=_environment(folder))
        while server.front.poll() is None and time.monotonic() < until:
            if _answers(server.endpoint):
                return
            time.sleep(0.1)
    raise RuntimeError(f"Ceph's gateway does not answer: {out.read_text(errors='replace')[-2000:]}")


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _run(folder: Path, argv: Sequence[str], *, tries: int = 1) -> None:
    """Runs a tool to its end; those that ask the monitor may be too early, and try again."""
    for left in reversed(range(tries)):
        done = subprocess.run(
            argv,
            env=_environment(folder),
            capture_output=True,
            text=True,
            timeout=_START_SECONDS,
            check=False,
        )
        if done.returncode == 0:
            return
        if left:
            time.sleep(0.3)
    raise RuntimeError(f"{argv[0]} failed: {(done.stdout + done.stderr)[-2000:]}")


def _environment(folder: Path) -> dict[str, str]:
    return {"PATH": _path(), "CEPH_CONF": str(folder / "ceph.conf"), "HOME": str(folder), "LANG": "C.UTF-8"}


def _path() -> str:
    # Debian keeps daemons where the path of an ordinary user does not lead.
    return os.environ["PATH"] + ":/usr/sbin:/sbin"
