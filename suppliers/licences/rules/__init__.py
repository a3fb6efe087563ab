"""What the law says about licence numbers, and how papers and suppliers stand on a day."""

from suppliers.licences.rules.coverage import Coverage, Matrix, coverage, record_findings
from suppliers.licences.rules.entries import (
    paper_findings,
    scope_findings,
    supplier_findings,
    verifier_findings,
)
from suppliers.licences.rules.numbers import (
    WITH_CHECK,
    NumberCheck,
    NumberKind,
    check_number,
    credit_code_findings,
    is_identity_number,
    masked,
    number_findings,
    same_number,
)
from suppliers.licences.rules.papers import (
    DEFAULT_LEAD_DAYS,
    STATE_NAMES,
    Paper,
    PaperStanding,
    PaperState,
    band_of,
    covers,
    holds,
    leads_of,
    scope_of,
    standing_of,
)
from suppliers.licences.rules.production import SC_NAMES, goods_of
from suppliers.licences.rules.states import STANDING_NAMES, Arrival, Checked, Standing
from suppliers.licences.rules.stops import Asked, Seller, standing_findings, supplier_stops

__all__ = [
    "DEFAULT_LEAD_DAYS",
    "SC_NAMES",
    "STANDING_NAMES",
    "STATE_NAMES",
    "WITH_CHECK",
    "Arrival",
    "Asked",
    "Checked",
    "Coverage",
    "Matrix",
    "NumberCheck",
    "NumberKind",
    "Paper",
    "PaperStanding",
    "PaperState",
    "Seller",
    "Standing",
    "band_of",
    "check_number",
    "coverage",
    "covers",
    "credit_code_findings",
    "goods_of",
    "holds",
    "is_identity_number",
    "leads_of",
    "masked",
    "number_findings",
    "paper_findings",
    "record_findings",
    "same_number",
    "scope_findings",
    "scope_of",
    "standing_findings",
    "standing_of",
    "supplier_findings",
    "supplier_stops",
    "verifier_findings",
]
