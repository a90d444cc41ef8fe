"""An OpenID Connect provider of one person: discovery, authorization with PKCE, tokens signed with RS256, userinfo.

It lets everybody in without asking, as whoever `claims` says; what it insists on is what the protocol wants of a client.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "lantern", "a secret of the client"


class IdentityServer:
    """Started by `with`; `issuer` is its address. `claims` are those of the next sign-in."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "IdentityServer":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer_get(self, path: str, query: dict[str, str], bearer: str) -> tuple[int, Any]:
        if path == "/.well-known/openid-configuration":
            places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            return 200, {
                "issuer": self.issuer,
                **{f"{name}_endpoint": f"{self.issuer}/{place}" for name, place in places.items()},
                "jwks_uri": f"{self.issuer}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            }
        if path == "/authorize":
            code = secrets.token_urlsafe()
            self.codes[code] = query
            back = urlencode({"code": code, "state": query["state"]})
            return 302, f"{query['redirect_uri']}?{back}"
        if path == "/userinfo" and bearer in self.tokens:
            return 200, self.tokens[bearer]
        if path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [{**public, "kid": "one", "use": "sig"}]}
        return 404, {}

    def answer_token(self, form: dict[str, str], basic: str) -> tuple[int, Any]:
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or base64.b64decode(basic).decode() != f"{CLIENT}:{SECRET}"
            or asked.get("code_challenge_method") != "S256"
            or asked.get("code_challenge") != challenge
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant"}
        token, now = secrets.token_urlsafe(), int(time.time())
        self.tokens[token] = self.claims
        said = {**self.claims, "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 600}
        signed = jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "one"})
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 600, "id_token": signed}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                place = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(place.query).items()}
                bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
                self.send(*server.answer_get(place.path, query, bearer))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                basic = self.headers.get("Authorization", "").removeprefix("Basic ")
                self.send(*server.answer_token(form, basic))

            def send(self, status: int, said: Any) -> None:
                body = b"" if isinstance(said, str) else json.dumps(said).encode()
                self.send_response(status)
                if isinstance(said, str):
                    self.send_header("Location", said)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_said: Any) -> None:
                pass

        return Handler
