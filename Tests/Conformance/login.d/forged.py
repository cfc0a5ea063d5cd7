"""Tokens that only look like the provider's."""

import base64
import hashlib
import hmac
import json

from joserfc import jws
from joserfc.jwk import KeySet, RSAKey


def encode(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def header(token):
    return json.loads(decode(token.split(".")[0]))


def signed(token, key, **more):
    """What the token says, signed by a key of this check."""
    return jws.serialize_compact(header(token) | more, decode(token.split(".")[1]), key, algorithms=["RS256"])


def with_unknown_key(token):
    key = RSAKey.generate_key(2048, auto_kid=True)
    return signed(token, key, kid=key.kid)


def by_public_key(token, keys):
    """The public key as a secret both sides know: who lets the token choose the algorithm takes it."""
    public = KeySet.import_key_set(keys).get_by_kid(header(token)["kid"]).as_pem(private=False)
    head = encode(json.dumps(header(token) | {"alg": "HS256"}).encode())
    text = f"{head}.{token.split('.')[1]}"
    return f"{text}.{encode(hmac.new(public, text.encode(), hashlib.sha256).digest())}"


def tokens(good, keys):
    """What each is called, and a good token after somebody touched it."""
    head, body, signature = good.split(".")
    promoted = json.loads(decode(body)) | {"sub": "alice", "groups": ["slipway-operators"]}
    flipped = signature[:20] + ("A" if signature[20] != "A" else "B") + signature[21:]
    unsigned = encode(json.dumps(header(good) | {"alg": "none"}).encode())
    stranger = RSAKey.generate_key(2048)
    return {
        "with another body": f"{head}.{encode(json.dumps(promoted).encode())}.{signature}",
        "with another signature": f"{head}.{body}.{flipped}",
        "without a signature": f"{head}.{body}.",
        "with the algorithm none": f"{unsigned}.{body}.",
        "of another's key": signed(good, stranger),
        "that brings its key along": signed(good, stranger, jwk=stranger.as_dict(private=False)),
        "signed with the public key": by_public_key(good, keys),
    }
