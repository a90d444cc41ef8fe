"""What deploy/ promises, read as those who run it would."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from vod.machine import deployment

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
OURS = {"web", "bytes", "worker", "helper", "beat", "migrate", "edge", "bucket"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of deploy/ to spoil."""
    folder = tmp_path / "deploy"
    shutil.copytree(DEPLOY, folder)
    monkeypatch.setattr(deployment, "DEPLOY", folder)
    return folder


def spoil(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("check", "name", "before", "after", "said"),
    [
        (deployment.dockerfile, "Dockerfile", "USER 10001:10001", "USER root", "USER"),
        (deployment.dockerfile, "Dockerfile", "WORKDIR /app\n", "WORKDIR app\n", "DL3000"),
        (deployment.compose, "compose.yaml", "    mem_limit: 1g", "    memory_limit: 1g", "memory_limit"),
        (deployment.scripts, "role.sh", "\nweb)\n", "\nweb\n", "role.sh"),
        (deployment.seccomp, "seccomp/worker.json", "SCMP_ACT_ERRNO", "SCMP_ACT_ALLOW", "refused"),
        (deployment.seccomp, "seccomp/worker.json", "{", "", "worker.json"),
        (deployment.apparmor, "apparmor/lantern-worker", "  userns,", "  userns", "has no end"),
        (deployment.apparmor, "apparmor/bwrap", "\n}", "\n", "not closed"),
        (
            deployment.systemd,
            "systemd/lantern-web.service",
            "ProtectSystem=strict",
            "ProtectSystem=no",
            "lacks",
        ),
        (
            deployment.systemd,
            "systemd/lantern-beat.service",
            "role.sh beat",
            "role.sh bead",
            "starts no role",
        ),
        (deployment.systemd, "systemd/lantern.target", "[Unit]", "[Unity]", "no section"),
    ],
)
def test_a_fault_is_found(
    copy: Path, check: Callable[[], Iterator[str]], name: str, before: str, after: str, said: str
) -> None:
    spoil(copy / name, before, after)

    assert said in "\n".join(check())


def test_only_nginx_can_be_reached(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert {name for name, service in services.items() if "ports" in service} == {"nginx"}
    assert {name for name, service in services.items() if "front" in service["networks"]} == {"nginx"}
    assert compose["networks"]["inside"] == {"internal": True}
    assert all("inside" in service["networks"] for service in services.values())


def test_every_role_is_there_behind_walls(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert set(services) >= OURS
    for name in OURS:
        service = services[name]
        assert (service["cap_drop"], service["read_only"], service["init"]) == (["ALL"], True, True), name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert "privileged" not in service, name
    for name in ("worker", "helper"):
        assert "seccomp=./seccomp/worker.json" in services[name]["security_opt"]
    # The sandbox is required where films are opened, and nobody who serves people has its profile.
    assert services["worker"]["environment"]["SANDBOX"] == "required"
    assert not any("seccomp" in word for word in services["web"]["security_opt"])


def test_whoever_runs_on_is_limited_watched_and_waits_for_what_it_needs(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        if service["restart"] != "unless-stopped":
            # Runs to its end.
            continue
        assert "mem_limit" in service, name
        # The image brings its own for each role.
        assert "healthcheck" in service or name in OURS, name
    for name in ("web", "bytes", "worker", "helper", "beat"):
        assert compose["services"][name]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }


def test_no_secret_stands_in_the_file(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search(
                r"SECRET|PASSWORD|TOKEN|DATABASE_URL|REDIS_URL|BROKER_URL|EMAIL_URL|ACCESS_KEY", name
            ):
                assert name.endswith("_FILE"), name
                assert str(value).removeprefix("/run/secrets/") in service["secrets"], name


def test_every_setting_that_is_given_is_one(compose: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", page, re.MULTILINE))
    given = {name for role in OURS for name in compose["services"][role]["environment"]}
    units = "\n".join(path.read_text(encoding="utf-8") for path in (DEPLOY / "systemd").iterdir())
    for line in re.findall(r"^Environment=(.*)$", units, re.MULTILINE):
        given |= {word.partition("=")[0] for word in line.split()}

    unknown = {name.removesuffix("_FILE") for name in given} - known - {"PATH", "TMPDIR", "STATIC_COPY"}
    # An edge's own (docs/delivery.md).
    assert {name for name in unknown if not name.startswith("LANTERN_")} <= {"DELIVERY", "EDGE_SECRET"}


def test_the_secrets_that_are_named_are_made(compose: dict[str, Any], tmp_path: Path) -> None:
    shutil.copy(DEPLOY / "init.sh", tmp_path)
    for _ in range(2):
        subprocess.run(
            ["sh", "./init.sh", "films.example.org"], cwd=tmp_path, check=True, capture_output=True
        )
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

    assert set(made) == set(compose["secrets"])
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert len(made["secret_key"]) >= 50
    assert made["postgres_password"] in made["database_url"]
    assert made["redis_password"] in made["redis.conf"]
    assert "LANTERN_HOST=films.example.org" in (tmp_path / ".env").read_text()


def test_the_image_gets_what_it_needs_and_no_secret() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    copied = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    let_in = [line[1:] for line in ignored if line.startswith("!")]

    assert ignored[1] == "*"
    for source in " ".join(copied).split():
        assert any(source.rstrip("/") == name or source.startswith(f"{name}/") for name in let_in), source
    assert not any(name in ("deploy", "deploy/secrets", "var", ".git") for name in let_in)


def test_a_role_that_does_not_exist_is_refused() -> None:
    asked = subprocess.run([str(DEPLOY / "role.sh"), "wbe"], capture_output=True, text=True, check=False)

    assert asked.returncode == 64
    assert "Choose web, bytes, worker" in asked.stderr
