"""Numbers that count up within a school: prints, deliveries, slips, receipts."""

from canteen.schools.tables import Serial


async def next_serial(school: int, name: str) -> int:
    """Step: the next number of a row of numbers, 1 for a new row. A deed that fails gives it back."""
    rows = await Serial.raw(
        "INSERT INTO schools_serial (school, name, last) VALUES ({}, {}, 1) "
        "ON CONFLICT (school, name) DO UPDATE SET last = schools_serial.last + 1 RETURNING last",
        school,
        name,
    )
    return int(rows[0]["last"])
