"""A real object store that a test starts, pauses and stops."""

import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

ACCESS_KEY = "LANTERNTESTS"
SECRET_KEY = "lantern-tests-only"


@dataclass
class StoreServer:
    """The processes of one store; `front` is the one that speaks S3.

    `first_end_wins`: of two conditional writes at a time, the one that ends first is kept. `has_key_service`: it
    encrypts by the id of a key, `lantern-key`. `has_rules`: buckets can have policies, lifecycles and CORS.
    """

    endpoint: str
    region: str
    first_end_wins: bool = True
    has_key_service: bool = True
    has_rules: bool = True
    access_key: str = ACCESS_KEY
    secret_key: str = SECRET_KEY
    front: "subprocess.Popen[bytes] | None" = None
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def run(self, argv: Sequence[str], out: Path, *, env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        """Starts one of its processes; what it says goes to `out`."""
        with out.open("ab") as file:
            process = subprocess.Popen(
                argv,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def client(self) -> Any:
        """boto3's client for it."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=self.region,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(s3={"addressing_style": "path"}),
        )

    def pause(self) -> None:
        """It still takes connections, and answers nothing."""
        assert self.front is not None
        self.front.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self.front is not None
        self.front.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """Ends everything; data of a test is worth no orderly end."""
        for process in reversed(self.processes):
            process.kill()
        for process in self.processes:
            process.wait()


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
