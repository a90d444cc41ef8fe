"""Addresses that carry their own permission, against the real store."""

import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.stores.conftest import Connect
from vod.lib.storage import LocalStore
from vod.lib.storage.presigned import Presigned


def read(address: str, **headers: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
        body: bytes = answer.read()
        return body


def test_an_address_opens_its_object_and_nothing_else(connect: Connect) -> None:
    store = connect()
    store.put_bytes("a/0.m4s", b"0123456789")
    store.put_bytes("a/1.m4s", b"another one")

    address = store.presigned_address("a/0.m4s")

    assert read(address) == b"0123456789"
    assert read(address, Range="bytes=2-4") == b"234"
    for wrong in (address.replace("0.m4s", "1.m4s"), address[:-1] + "0", address.partition("?")[0]):
        if wrong != address:
            with pytest.raises(urllib.error.HTTPError) as refused:
                read(wrong)
            refused.value.close()
            assert refused.value.code == 403


def test_the_same_address_is_given_out_for_a_while() -> None:
    class Client:
        made = 0

        def generate_presigned_url(self, _name: str, **asked: Any) -> str:
            Client.made += 1
            return f"{asked['Params']['Bucket']}/{asked['Params']['Key']}?{Client.made}&{asked['ExpiresIn']}"

    now = [0.0]
    presigned = Presigned(Client, clock=lambda: now[0])
    first = presigned.address("b", "x")
    assert presigned.address("b", "x") == first == "b/x?1&3600"
    assert presigned.address("b", "y") != first
    now[0] = 599
    assert presigned.address("b", "x") == first
    now[0] = 600
    assert presigned.address("b", "x") == "b/x?3&3600"


def test_a_folder_has_no_addresses(tmp_path: object) -> None:
    assert LocalStore(location=str(tmp_path)).presigned_address("a/0.m4s") == ""
