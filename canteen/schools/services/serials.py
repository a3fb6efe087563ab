"""Numbers that count up within a school: prints, deliveries, slips, receipts."""

from canteen.schools.tables import Serial


async def next_serial(school: int, name: str) -> int:
    """Step: the next number of a row of numbers, 1 for a new row. A deed that fails gives it back."""
    return (await next_serials(school, name, 1))[0]


async def next_serials(school: int, name: str, count: int) -> range:
    """Step: the next so many numbers of a row at once."""
    rows = await Serial.raw(
        "INSERT INTO schools_serial (school, name, last) VALUES ({}, {}, {}) "
        "ON CONFLICT (school, name) DO UPDATE SET last = schools_serial.last + excluded.last RETURNING last",
        school,
        name,
        count,
    )
    last = int(rows[0]["last"])
    return range(last - count + 1, last + 1)
