"""The papers a canteen prints on."""

from dataclasses import dataclass, replace

MM = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper in millimetres.

    `pure_black` forbids greys and grounds (dot matrix, thermal labels). `right_tenths` and `down_tenths`
    move everything by tenths of a millimetre, for a printer that feeds a little off.
    """

    width_mm: float
    height_mm: float
    margin_mm: float
    pure_black: bool = False
    right_tenths: int = 0
    down_tenths: int = 0

    @property
    def width(self) -> float:
        """Points across."""
        return self.width_mm * MM

    @property
    def height(self) -> float:
        """Points down."""
        return self.height_mm * MM

    @property
    def margin(self) -> float:
        """Points left free on each side."""
        return self.margin_mm * MM

    @property
    def scale(self) -> float:
        """How much larger the type is on a sheet that is read from across the room."""
        return 1.4 if self.width_mm > 300 else 1.0

    def turned(self) -> "Sheet":
        """The same paper, the other side up."""
        return replace(self, width_mm=self.height_mm, height_mm=self.width_mm)

    def shifted(self, right_tenths: int, down_tenths: int) -> "Sheet":
        """The same paper for a printer that is off by so many tenths of a millimetre."""
        return replace(self, right_tenths=right_tenths, down_tenths=down_tenths)


A4 = Sheet(210, 297, 12)
A4_LANDSCAPE = A4.turned()
A3_LANDSCAPE = Sheet(420, 297, 12)
# 241 mm is fed by two perforated strips of 12.7 mm; nothing may be printed on them
SLIP = Sheet(241, 140, 15, pure_black=True)
LABEL_40_30 = Sheet(40, 30, 1.5, pure_black=True)
LABEL_50_30 = Sheet(50, 30, 1.5, pure_black=True)
LABEL_60_40 = Sheet(60, 40, 2, pure_black=True)
LABELS = {"40x30": LABEL_40_30, "50x30": LABEL_50_30, "60x40": LABEL_60_40}
