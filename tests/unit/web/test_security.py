"""Who a request is counted by, on real request objects."""

from typing import cast

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from livesession.web.security import client_address
from livesession.web.services import SERVICES, Services


class _Hops:
    def __init__(self, trusted_proxies: int) -> None:
        self.trusted_proxies = trusted_proxies


@pytest.mark.parametrize(
    ("forwarded", "hops", "counted"),
    [
        ("192.0.2.1", 1, "192.0.2.1"),
        ("198.51.100.7, 192.0.2.1", 1, "192.0.2.1"),
        ("198.51.100.7, 192.0.2.1", 2, "198.51.100.7"),
        ("::ffff:192.0.2.1", 1, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", 1, "2001:db8:1:2::/64"),
        ("fe80::1%eth0", 1, "fe80::/64"),
        ("unknown", 1, "unknown"),
    ],
)
def test_a_request_is_counted_by_what_its_sender_cannot_choose(forwarded: str, hops: int, counted: str) -> None:
    app = web.Application()
    app[SERVICES] = cast(Services, _Hops(hops))
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded}, app=app)
    assert client_address(request) == counted
