"""Instants are UTC inside; days and hours are the school's, Asia/Shanghai unless it says otherwise."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def utc_now() -> datetime:
    """The present instant, aware, UTC. Only the rim calls this; services are handed `now`."""
    return datetime.now(UTC)


def local_day(instant: datetime, zone: ZoneInfo = SHANGHAI) -> date:
    """The school's calendar day of an aware instant."""
    return instant.astimezone(zone).date()


def at_local(day: date, hour: int, minute: int = 0, zone: ZoneInfo = SHANGHAI) -> datetime:
    """The instant (UTC) of a wall-clock time on a school day."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


def monday_of(day: date) -> date:
    """The Monday of the week that holds `day`."""
    return day - timedelta(days=day.weekday())


def is_late(happened_on: date, entered_at: datetime, zone: ZoneInfo = SHANGHAI) -> bool:
    """Whether something was entered after its own day (补录); the same day is normal."""
    return local_day(entered_at, zone) > happened_on
