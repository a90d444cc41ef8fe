"""An authenticator app: keeps a secret and shows the code of a step of thirty seconds (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time
from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.models import User


@dataclass
class App:
    secret: str

    def code(self, steps: int = 0) -> str:
        """The code of now, or of so many steps later."""
        counter = struct.pack(">Q", int(time.time()) // 30 + steps)
        digest = hmac.new(base64.b32decode(self.secret), counter, hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"

    def wrong(self) -> str:
        """A code that is not near any that would be taken."""
        near = {self.code(steps) for steps in range(-4, 5)}
        return next(code for code in map("{:06}".format, range(20)) if code not in near)


def with_app(user: User) -> App:
    """Gives the account an authenticator app."""
    app = App(generate_totp_secret())
    TOTP.activate(user, app.secret)
    return app


def recovery_codes(user: User) -> list[str]:
    """Gives the account recovery codes, and answers them."""
    return list(RecoveryCodes.activate(user).generate_codes())
