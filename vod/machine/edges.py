"""``python -m vod.machine.edges``: does nginx itself take every form of the configuration that is shipped?"""

import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from vod.lib.edge import render
from vod.machine.engines import find_nginx

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "nginx"


def main() -> int:
    """0 where it takes all of them; what it says of the others goes to the terminal."""
    nginx = find_nginx(os.environ)
    if nginx is None:
        print("There is no nginx here.")
        return 1
    status = 0
    for listen, objects in itertools.product(("tls", "plain"), ("disk", "s3")):
        with tempfile.TemporaryDirectory() as folder:
            said = judge(nginx, Path(folder), {"LANTERN_LISTEN": listen, "LANTERN_OBJECTS": objects})
        print(f"{listen}, objects on {objects}: {said or 'good'}")
        status |= bool(said)
    return status


def judge(nginx: str, folder: Path, values: Mapping[str, str]) -> str:
    """What `nginx -t` has against the configuration with those values; warnings count. Empty: nothing."""
    for name in ("cache", "logs", "tls"):
        (folder / name).mkdir()
    argv = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    argv += ["-subj", "/CN=lantern.example", "-keyout", "privkey.pem", "-out", "fullchain.pem"]
    subprocess.run(argv, cwd=folder / "tls", check=True, capture_output=True)
    own = {
        "LANTERN_NAME": "lantern.example",
        "EDGE_SECRET": "checked-and-thrown-away-" + "x" * 20,
        "LANTERN_TLS": str(folder / "tls"),
        "LANTERN_OBJECTS_ROOT": str(folder),
        "LANTERN_BUILD": str(folder),
        "LANTERN_CACHE": str(folder / "cache"),
        "LANTERN_LOGS": str(folder / "logs"),
        "LANTERN_USER": "root",
        # -t opens what it would listen at, and anybody may open these.
        "LANTERN_PORT": f"unix:{folder}/plain.sock",
        "LANTERN_TLS_PORT": f"unix:{folder}/tls.sock",
    }
    render(SHIPPED, folder / "conf", {**own, **values})
    argv = [nginx, "-t", "-q", "-p", str(folder), "-c", str(folder / "conf" / "nginx.conf")]
    argv += ["-e", str(folder / "logs" / "first.log"), "-g", f"pid {folder}/nginx.pid;"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if line and '"user" directive' not in line]
    return "\n".join(told) or ("" if done.returncode == 0 else f"nginx ends with {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
