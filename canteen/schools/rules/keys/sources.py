"""Where a figure comes from that no law names."""

from canteen.kit.texts import _

SCHOOL_HABIT = _("No national figure: use what your district or school has laid down")
