"""`python -m vod.machine.deployment`: whether the files of deploy/ are what those who read them take.

Each is judged by its own tool where that is here, and always by rules of ours: a machine without the tool checks less
deeply, but nothing is passed over.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent
ROLES = ("web", "bytes", "worker", "helper", "beat", "migrate")
_ARCHITECTURE = re.compile(r"SCMP_ARCH_[A-Z0-9_]+\Z")
_SECTIONS = {"Unit", "Service", "Install"}
# Whoever takes these off a role has to say so here.
_WALLS = (
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "User=lantern",
    "UMask=0027",
)


def dockerfile() -> Iterator[str]:
    """hadolint, which `requirements-dev.txt` brings, and that nothing of root's is left in the end."""
    yield from _run([str(BIN / "hadolint"), str(DEPLOY / "Dockerfile")])
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    last = text[text.rindex("\nFROM ") :]
    for line in ("USER 10001:10001", "HEALTHCHECK", "ENTRYPOINT", "STOPSIGNAL SIGTERM"):
        if line not in last:
            yield f"Dockerfile: the image has no {line}"


def compose() -> Iterator[str]:
    """The compose specification's own schema (check-jsonschema brings it), and Docker's client where it is here."""
    file = str(DEPLOY / "compose.yaml")
    yield from _run([str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", file])
    docker = shutil.which("docker")
    if docker and not list(_run([docker, "compose", "version"])):
        with tempfile.NamedTemporaryFile("w", suffix=".env") as env:
            env.write("LANTERN_HOST=films.example.org\n")
            env.flush()
            yield from _run([docker, "compose", "--env-file", env.name, "-f", file, "config", "--quiet"])


def scripts() -> Iterator[str]:
    """The shell's own reading of each script, and shellcheck's where it is here."""
    for path in sorted(DEPLOY.glob("*.sh")):
        yield from _run(["sh", "-n", str(path)])
        shellcheck = shutil.which("shellcheck")
        if shellcheck:
            yield from _run([shellcheck, str(path)])
    text = (DEPLOY / "role.sh").read_text(encoding="utf-8")
    for role in ROLES:
        if not re.search(rf"^{role}\)$", text, re.MULTILINE):
            yield f"role.sh: there is no role {role}"


def seccomp() -> Iterator[str]:
    """That it is what container engines read; a test loads it and tries the sandbox under it."""
    for path in sorted((DEPLOY / "seccomp").glob("*.json")):
        try:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            entries = found["syscalls"]
            machines = [entry["architecture"] for entry in found["archMap"]]
        except (ValueError, KeyError, TypeError) as error:
            yield f"{path.name}: {type(error).__name__}: {error}"
            continue
        if found.get("defaultAction") != "SCMP_ACT_ERRNO":
            yield f"{path.name}: what is not named must be refused"
        if not all(_ARCHITECTURE.match(machine) for machine in machines):
            yield f"{path.name}: {machines} are no machines"
        for entry in entries:
            if entry.get("action") not in ("SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO") or not entry.get("names"):
                yield f"{path.name}: {entry} is no rule"


def apparmor() -> Iterator[str]:
    """apparmor_parser where it is here; always that blocks are closed and rules are ended."""
    parser = shutil.which("apparmor_parser", path="/usr/sbin:/sbin:/usr/bin")
    for path in sorted((DEPLOY / "apparmor").iterdir()):
        if parser and Path("/etc/apparmor.d/abi/4.0").exists():
            yield from _run([parser, "--skip-kernel-load", "--skip-cache", str(path)])
        depth = 0
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            rule = line.partition("#")[0].strip()
            bare = re.sub(r"@\{\w+\}|\{[^{}\s]+\}", "", rule)
            depth += bare.count("{") - bare.count("}")
            if rule and not rule.endswith(("{", "}", ",")) and not rule.startswith("include "):
                yield f"{path.name}:{number}: {rule} has no end"
        if depth:
            yield f"{path.name}: a block is not closed"


def systemd() -> Iterator[str]:
    """`systemd-analyze verify` where there is systemd; always sections, keys and the walls of each role."""
    units = sorted((DEPLOY / "systemd").iterdir())
    for path in units:
        yield from (f"{path.name}: {fault}" for fault in _faults_of_unit(path))
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        # As if the checkout lay where the units look for it.
        for path in units:
            text = path.read_text(encoding="utf-8").replace("/opt/lantern", str(ROOT))
            (Path(folder) / path.name).write_text(text, encoding="utf-8")
        yield from _run([analyze, "verify", "--man=no", *(str(Path(folder) / path.name) for path in units)])


def _faults_of_unit(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    section = ""
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            if section not in _SECTIONS:
                yield f"line {number}: there is no section {section}"
        elif not section or not re.match(r"[A-Z][A-Za-z]+=", line):
            yield f"line {number}: {line} is no setting"
    if path.suffix == ".service":
        for wall in _WALLS:
            if wall not in lines:
                yield f"lacks {wall}"
        command = next((line for line in lines if line.startswith("ExecStart=")), "")
        if command.removeprefix("ExecStart=/opt/lantern/deploy/role.sh ") not in ROLES:
            yield f"{command or 'nothing'} starts no role"


def _run(argv: Sequence[str]) -> Iterator[str]:
    """Nothing where the tool is content, else what it said."""
    done = subprocess.run(
        argv, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        yield f"{Path(argv[0]).name}: {said or f'ended with {done.returncode}'}"


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (dockerfile, compose, scripts, seccomp, apparmor, systemd)


def main() -> int:
    """Prints every fault. Returns 1 where there is one."""
    faults = [f"{check.__name__}: {fault}" for check in CHECKS for fault in check()]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
