"""Pages and fragments: what a handler answers a browser with.

    return await page(request, "weeks/board.html", week=week)                    # a whole page, 200
    return await fragment(request, "weeks/_cell.html", cell=cell)                # a piece for htmx
    return redirect(request, f"/weeks/{week.id}", _("Week approved."))           # 303 with a flash message
    flash(request, _("{count} dishes imported."), count=12)                      # shown by the next page

Handlers answer `Page`. A form is shown again with what was typed and each error at its field by naming,
before anything can be refused, the step that draws it:

    show_again(request, partial(new_week_page, request, actor))                  # async () -> Page
    form = parse(NewWeek, await read_form(request))

The boundary awaits that step when Refused is raised and answers with its page and status 422; in templates
`typed(name, value)` and `errors_at(name)` (the macros of `_forms.html` use both) do the rest.

In every template, macros included: `_(message, **facts)`, `may(permission)`, `user()`, `lang()`, `theme()`,
`unread()`, `csrf_field()`, `asset(path)`, `icon(name)`, `navigation()`, `flashes()`, `findings()`,
`findings_left()`, `tell(finding)`, `typed`, `errors_at`, `path()`, `here(url)`, `url_with(**changes)`, and
the filters `day`, `weekday`, `instant`, `hour`, `yuan`, `kg`, `number`, `percent`.
Lists: `Listing` (search, filters, sort, cursor) with the macros of `_list.html`.
"""

from canteen.kit.pages.answers import (
    Page,
    findings_fragment,
    flash,
    fragment,
    own_path,
    page,
    redirect,
    show_again,
)
from canteen.kit.pages.listing import Listing, listing
from canteen.kit.pages.navigation import Entry
from canteen.kit.pages.scene import language, request_user

__all__ = [
    "Entry",
    "Listing",
    "Page",
    "findings_fragment",
    "flash",
    "fragment",
    "language",
    "listing",
    "own_path",
    "page",
    "redirect",
    "request_user",
    "show_again",
]
