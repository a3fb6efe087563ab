"""Who plays in the demo: a district, its two schools and their people. Names are invented."""

from dataclasses import dataclass
from datetime import date

from canteen.accounts.rules import Role

FOUNDED = date(2021, 9, 1)


@dataclass(frozen=True, slots=True)
class Part:
    """One person: login, name, the tenant's code, the roles there, and whether they sign with a PIN too."""

    login: str
    name: str
    tenant: str
    roles: tuple[Role, ...]
    has_pin: bool = False


@dataclass(frozen=True, slots=True)
class School:
    """One school of the demo and the published menu that it starts from.

    `preset` is its composition policy, `sample_hours` how long it keeps samples, `reason` the principal's
    word where errors stand in the menu; `sends_early` that next week's menu already waits for approval.
    The rest are logins: who plans, decides, buys, checks as the second one, verifies papers, and keeps money.
    `one_company`: everything fresh but bread comes from one delivery company, whatever the day.
    """

    code: str
    name: str
    menu: str
    preset: str
    heads: int
    sample_hours: int
    reason: str
    planner: str
    principal: str
    buyer: str
    storekeeper: str
    second: str
    verifier: str
    accountant: str
    cashier: str
    sends_early: bool
    one_company: bool


DISTRICT = ("QH00", "青河区教育局")

SCHOOLS = (
    School(
        code="QH01",
        name="青河区实验小学",
        menu="diaozhuang-2025-11-10.csv",
        preset="one_big_one_small_one_vegetable_one_soup",
        heads=412,
        sample_hours=24,
        reason="",
        planner="lin",
        principal="zhou",
        buyer="luo",
        storekeeper="tao",
        second="he",
        verifier="tao",
        accountant="qian",
        cashier="ma",
        sends_early=False,
        one_company=False,
    ),
    School(
        code="QH02",
        name="青河区友谊小学",
        menu="zhonggu-2022-02-21.csv",
        preset="two_meats_two_vegetables_one_soup",
        heads=286,
        sample_hours=48,
        reason="开学初供货品种不足，本周先按一大荤一小荤一素一汤供应，下周起补足两荤两素一汤。",
        planner="sun",
        principal="zheng",
        buyer="ding",
        storekeeper="ding",
        second="yan",
        verifier="feng",
        accountant="bai",
        cashier="gao",
        sends_early=True,
        one_company=True,
    ),
)

OFFICER, SECOND_OFFICER = "shen", "tang"
"""Who keeps the district's libraries, and who compares what the first one entered with the originals."""

RECOMMENDED = ("带量食谱一", "带量食谱二")
"""The menus of the library, each made from the published menu of one school."""

PEOPLE = (
    Part("shen", "沈敏", "QH00", (Role.DISTRICT_ADMIN,)),
    Part("tang", "唐静", "QH00", (Role.DISTRICT_ADMIN,)),
    Part("gu", "顾平", "QH00", (Role.INSPECTOR,)),
    Part("zhou", "周立群", "QH01", (Role.PRINCIPAL,)),
    Part("wu", "吴芳", "QH01", (Role.DEPUTY, Role.GENERAL_AFFAIRS)),
    Part("chen", "陈建国", "QH01", (Role.CANTEEN_MANAGER,)),
    Part("luo", "罗强", "QH01", (Role.BUYER,)),
    Part("lin", "林晓", "QH01", (Role.NUTRITIONIST,)),
    Part("tao", "陶然", "QH01", (Role.SAFETY_OFFICER, Role.STOREKEEPER), has_pin=True),
    Part("he", "何桂英", "QH01", (Role.COOK,), has_pin=True),
    Part("xu", "许婷", "QH01", (Role.CLASS_TEACHER,)),
    Part("qian", "钱会", "QH01", (Role.ACCOUNTANT,)),
    Part("ma", "马晓兰", "QH01", (Role.CASHIER,)),
    Part("zheng", "郑海", "QH02", (Role.PRINCIPAL,)),
    Part("sun", "孙梅", "QH02", (Role.NUTRITIONIST, Role.CANTEEN_MANAGER)),
    Part("ding", "丁伟", "QH02", (Role.BUYER, Role.STOREKEEPER)),
    Part("feng", "冯磊", "QH02", (Role.GENERAL_AFFAIRS,), has_pin=True),
    Part("yan", "严秀兰", "QH02", (Role.COOK,), has_pin=True),
    Part("bai", "白洁", "QH02", (Role.ACCOUNTANT,)),
    Part("gao", "高云", "QH02", (Role.CASHIER,)),
    Part("admin", "管理员", "QH01", (Role.SYSTEM_ADMIN,)),
)
