"""Instants: read from RFC 3339, kept in UTC to the millisecond, written with a Z."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesession.domain.times import EARLIEST, read_instant, to_instant, write_instant
from livesession.errors import InputError, Problem


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11-20T09:02:13.250+01:00", "2026-11-20T08:02:13.250Z"),
        ("2026-11-20T08:02:13Z", "2026-11-20T08:02:13.000Z"),
        ("2026-11-20T08:02:13.2509999Z", "2026-11-20T08:02:13.250Z"),
        ("1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
    ],
)
def test_an_instant_is_read_and_written_in_utc(text: str, written: str) -> None:
    assert write_instant(read_instant(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "2026-11-20", "2026-11-20T09:00:00", "2026-11-20T25:00:00Z", "2026-02-30T09:00:00Z",
        "2026-11-20T23:59:60Z", "0001-01-01T00:00:00Z", "1899-12-31T23:59:59.999Z", "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00", "2026-11-20T09:00:00Zé", "٢٠٢٦-11-20T09:00:00Z", "\x00",
    ],
)  # fmt: skip
def test_what_is_no_instant_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_instant(text, "data.at")
    assert caught.value.code == "time_unreadable"
    assert caught.value.problems == (Problem.of("time-unreadable", "data.at", text=text),)


def test_what_is_quoted_of_an_unreadable_instant_is_cut() -> None:
    with pytest.raises(InputError) as caught:
        read_instant("x" * 10_000)
    assert caught.value.problems == (Problem.of("time-unreadable", "at", text="x" * 60),)


def test_a_naive_moment_is_no_instant() -> None:
    with pytest.raises(ValueError, match="offset"):
        to_instant(datetime(2026, 11, 20))


moments = st.datetimes(
    datetime(1900, 1, 2),
    datetime(9999, 12, 30),
    timezones=st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-839, 839)),
)


@given(moments, moments)
def test_instants_survive_writing_and_sort_as_text(one: datetime, other: datetime) -> None:
    first, second = to_instant(one), to_instant(other)
    assert read_instant(write_instant(one)) == first
    assert len(write_instant(one)) == 24
    assert (write_instant(one) < write_instant(other)) == (first < second)


def test_nothing_earlier_than_the_earliest_is_read() -> None:
    assert read_instant(write_instant(EARLIEST)) == EARLIEST == datetime(1900, 1, 1, tzinfo=UTC)
