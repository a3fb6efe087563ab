"""When a school goes live, and whether it is in the nutrition plan."""

from datetime import datetime

from msgspec.structs import asdict

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.schools.forms import ProfileForm
from canteen.schools.tables import Profile


async def profile_of(school: int) -> ProfileForm:
    """The school's profile; without one it is not live and not in the plan."""
    found = await Profile.objects().where(Profile.school == school).first()
    return ProfileForm(found.go_live_on, found.nutrition_plan) if found else ProfileForm()


async def settle_profile(actor: Actor, form: ProfileForm, *, now: datetime) -> None:
    """Say from which day meals are due, and whether the school is in the nutrition plan."""
    async with write():
        before = await profile_of(actor.school)
        found = await Profile.objects().where(Profile.school == actor.school).first()
        row = found or Profile(school=actor.school)
        row.go_live_on, row.nutrition_plan = form.go_live_on, form.nutrition_plan
        row.entered_at, row.entered_by = now, actor.person
        await row.save()
        await record(
            actor,
            "schools.settle_profile",
            subject="school",
            subject_id=actor.school,
            before=asdict(before),
            after=asdict(form),
            now=now,
        )
