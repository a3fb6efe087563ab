"""The fixed cast of the tests: a district, its two schools, a school elsewhere, and the people in them.

| who | where | what |
|---|---|---|
| 周校长 zhou | 一小 | principal |
| 吴主任 wu | 一小 | deputy and general affairs |
| 陈师傅 chen | 一小 | canteen manager |
| 林营养 lin | 一小 | nutritionist |
| 何厨师 he | 一小 | cook |
| 许老师 xu | 一小 | class teacher |
| 郑校长 zheng | 二小 | principal |
| 沈科长 shen | 城关区 | district administrator |
| 顾监管 gu | 城关区 | inspector |
| 马校长 ma | 外县小学 | principal: the stranger |
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from canteen.accounts.rules import Role

NOW = datetime(2026, 9, 7, 0, 30, tzinfo=UTC)
"""Monday 7 September 2026, half past eight in the morning in Shanghai."""

TODAY = date(2026, 9, 7)
FIRST_DAY = date(2020, 9, 1)
PASSWORD = "cast-of-the-canteen"


@dataclass(frozen=True)
class Part:
    """One of the cast: login, name, the code of the tenant and the roles there."""

    login: str
    name: str
    at: str
    roles: tuple[Role, ...]


DISTRICT, FIRST, SECOND, ELSEWHERE = "D001", "A001", "A002", "Z001"

TENANTS = {DISTRICT: "城关区", FIRST: "第一小学", SECOND: "第二小学", ELSEWHERE: "外县小学"}

PEOPLE = (
    Part("zhou", "周校长", FIRST, (Role.PRINCIPAL,)),
    Part("wu", "吴主任", FIRST, (Role.DEPUTY, Role.GENERAL_AFFAIRS)),
    Part("chen", "陈师傅", FIRST, (Role.CANTEEN_MANAGER,)),
    Part("lin", "林营养", FIRST, (Role.NUTRITIONIST,)),
    Part("he", "何厨师", FIRST, (Role.COOK,)),
    Part("xu", "许老师", FIRST, (Role.CLASS_TEACHER,)),
    Part("zheng", "郑校长", SECOND, (Role.PRINCIPAL,)),
    Part("shen", "沈科长", DISTRICT, (Role.DISTRICT_ADMIN,)),
    Part("gu", "顾监管", DISTRICT, (Role.INSPECTOR,)),
    Part("ma", "马校长", ELSEWHERE, (Role.PRINCIPAL,)),
)
