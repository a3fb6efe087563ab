"""Codes that people can read aloud, and a tree in which everything has its place."""

import pytest

from canteen.tenants.rules import TenantKind, code_findings, may_stand_under, place_findings, read_code


@pytest.mark.parametrize("code", ["A001", "0000", "ZXYZ", "7K3M"])
def test_four_plain_characters_make_a_code(code: str) -> None:
    assert code_findings(code) == []


@pytest.mark.parametrize("code", ["", "A01", "A0012", "AU01", "A-01", "a001", "一小01"])
def test_anything_else_is_no_code(code: str) -> None:
    assert [f.rule for f in code_findings(code)] == ["tenant_code"]


def test_a_code_is_read_as_people_type_it() -> None:
    assert read_code(" a0-oI ") == "A001"


@pytest.mark.parametrize(
    ("child", "parent", "may"),
    [
        (TenantKind.SCHOOL, None, True),
        (TenantKind.SCHOOL, TenantKind.DISTRICT, True),
        (TenantKind.SCHOOL, TenantKind.CENTRAL, True),
        (TenantKind.SCHOOL, TenantKind.SCHOOL, False),
        (TenantKind.CENTRAL, TenantKind.DISTRICT, True),
        (TenantKind.CENTRAL, None, False),
        (TenantKind.DISTRICT, None, True),
        (TenantKind.DISTRICT, TenantKind.DISTRICT, False),
    ],
)
def test_who_stands_under_whom(child: TenantKind, parent: TenantKind | None, may: bool) -> None:
    assert may_stand_under(child, parent) is may
    assert (place_findings(child, parent) == []) is may
