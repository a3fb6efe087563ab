"""The nutrition of each day as charts in the page."""

from markupsafe import Markup

from canteen.kit.charts import Series, bars, svg
from canteen.kit.pages.formats import WEEKDAYS, number
from canteen.kit.texts import say
from menus.weeks.rules import Verdict
from menus.weeks.services.daily import ByDay, by_day

WIDTH, HEIGHT = 330, 150


def day_charts(lang: str, verdict: Verdict) -> list[Markup]:
    """One chart for each figure: a bar a day, the band of the week's mean behind them."""
    return [_chart(lang, one) for one in by_day(verdict)]


def _chart(lang: str, one: ByDay) -> Markup:
    gauge = one.gauge
    days = [say(lang, WEEKDAYS[day.weekday()]) for day in one.days]
    title = f"{say(lang, gauge.name)} {gauge.unit}"
    figures = [round(value, gauge.digits) for value in one.values]
    drawn = bars(days, [Series(title, figures)], (gauge.least or 0.0, gauge.most), WIDTH, HEIGHT)
    told = ", ".join(f"{day} {number(value, gauge.digits)}" for day, value in zip(days, figures, strict=True))
    # Safe: `svg` escapes every text that it is handed.
    return Markup(svg(drawn, title, told))  # noqa: S704
