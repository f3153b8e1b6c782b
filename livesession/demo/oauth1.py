"""Checks the signatures of OAuth 1.0a for the stand-in of X, through oauthlib."""

from collections.abc import Mapping
from typing import Any

from oauthlib.oauth1 import RequestValidator, ResourceEndpoint


def is_signed(method: str, url: str, authorization: str, keys: Mapping[str, str], seen: set[tuple[str, str]]) -> bool:
    """Whether a request carries a fresh signature by the one application and user there are.

    ``keys`` are ``consumer_key``, ``consumer_secret``, ``access_token`` and ``access_token_secret``; ``seen`` collects
    timestamps and nonces, so that a request that is repeated as it was is refused.
    """
    endpoint = ResourceEndpoint(_Validator(keys, seen))
    good, _ = endpoint.validate_protected_resource_request(url, method, None, {"Authorization": authorization})
    return bool(good)


class _Validator(RequestValidator):  # type: ignore[misc]  # oauthlib ships no types
    """Knows one application and one user. Signature and timestamp (600 s) are oauthlib's to check."""

    enforce_ssl = True
    dummy_client = "dummy"
    dummy_access_token = "dummy"  # noqa: S105 - what oauthlib compares with for unknown callers
    client_key_length = access_token_length = (5, 60)
    nonce_length = (10, 60)

    def __init__(self, keys: Mapping[str, str], seen: set[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys
        self._seen = seen

    @property
    def safe_characters(self) -> set[str]:
        return set("abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

    def validate_timestamp_and_nonce(
        self, client_key: str, timestamp: str, nonce: str, *_args: Any, **_kwargs: Any
    ) -> bool:
        fresh = (timestamp, nonce) not in self._seen
        self._seen.add((timestamp, nonce))
        return fresh

    def validate_client_key(self, client_key: str, request: Any) -> bool:
        return client_key == self._keys["consumer_key"]

    def validate_access_token(self, client_key: str, token: str, request: Any) -> bool:
        return token == self._keys["access_token"]

    def validate_realms(self, *_args: Any, **_kwargs: Any) -> bool:
        return True

    def get_client_secret(self, client_key: str, request: Any) -> str:
        return self._keys["consumer_secret"]

    def get_access_token_secret(self, client_key: str, token: str, request: Any) -> str:
        return self._keys["access_token_secret"]
