"""What can be bought, from whom, how it is stored and measured: the words of the whole wing."""

from collections.abc import Mapping
from enum import StrEnum

from canteen.kit.texts import _


class Category(StrEnum):
    """What kind of goods: the rows of the paper matrix (domain.md 4.6)."""

    GRAIN = "grain"
    OIL = "oil"
    PORK = "pork"
    MEAT = "meat"
    MEAT_PRODUCT = "meat_product"
    EGG = "egg"
    PRODUCE = "produce"
    AQUATIC = "aquatic"
    SOY = "soy"
    DAIRY = "dairy"
    CONDIMENT = "condiment"
    ADDITIVE = "additive"
    IMPORTED = "imported"
    TABLEWARE = "tableware"


CATEGORY_NAMES: Mapping[Category, str] = {
    Category.GRAIN: _("Rice, flour and grains"),
    Category.OIL: _("Cooking oil"),
    Category.PORK: _("Pork"),
    Category.MEAT: _("Beef, lamb and poultry"),
    Category.MEAT_PRODUCT: _("Meat products"),
    Category.EGG: _("Fresh eggs"),
    Category.PRODUCE: _("Vegetables, fruit and mushrooms"),
    Category.AQUATIC: _("Fish and other aquatic food"),
    Category.SOY: _("Soy products"),
    Category.DAIRY: _("Milk and dairy products"),
    Category.CONDIMENT: _("Condiments and dry goods"),
    Category.ADDITIVE: _("Food additives"),
    Category.IMPORTED: _("Imported food"),
    Category.TABLEWARE: _("Tableware and disinfectants"),
}


class Source(StrEnum):
    """Who sells: the columns of the paper matrix (Decree 45 article 34; practice 24)."""

    PRODUCER = "producer"
    TRADER = "trader"
    MARKET = "market"
    FARMER = "farmer"
    SLAUGHTERHOUSE = "slaughterhouse"
    WORKSHOP = "workshop"
    GARDEN = "garden"
    IMPORTER = "importer"
    CATERER = "caterer"
    SERVICE = "service"


SOURCE_NAMES: Mapping[Source, str] = {
    Source.PRODUCER: _("Food producer"),
    Source.TRADER: _("Trader or delivery company"),
    Source.MARKET: _("Market stall"),
    Source.FARMER: _("Farmer or cooperative"),
    Source.SLAUGHTERHOUSE: _("Slaughterhouse"),
    Source.WORKSHOP: _("Small workshop"),
    Source.GARDEN: _("Own garden of the school"),
    Source.IMPORTER: _("Importer"),
    Source.CATERER: _("Caterer that delivers meals"),
    Source.SERVICE: _("Service firm (waste, pests, tableware)"),
}


class Storage(StrEnum):
    """How goods are kept. Warm meat (热鲜) came from the knife today and is cooked within hours."""

    DRY = "dry"
    CHILLED = "chilled"
    FROZEN = "frozen"
    WARM = "warm"


STORAGE_NAMES: Mapping[Storage, str] = {
    Storage.DRY: _("Dry store"),
    Storage.CHILLED: _("Chilled, 0 to 8 ℃"),
    Storage.FROZEN: _("Frozen, below −12 ℃"),
    Storage.WARM: _("Warm from slaughter, cooked the same day"),
}


class Measure(StrEnum):
    """What a quantity of a good counts: grams, or pieces for what nobody weighs."""

    GRAMS = "grams"
    PIECES = "pieces"


MEASURE_NAMES: Mapping[Measure, str] = {
    Measure.GRAMS: _("By weight"),
    Measure.PIECES: _("By the piece"),
}


class PaperKind(StrEnum):
    """A paper that the matrix can ask for: of the seller, or with a batch."""

    BUSINESS_LICENCE = "business_licence"
    FOOD_OPERATION = "food_operation"
    PREPACKAGED_FILING = "prepackaged_filing"
    FOOD_PRODUCTION = "food_production"
    WORKSHOP_REGISTRATION = "workshop_registration"
    SLAUGHTER_LICENCE = "slaughter_licence"
    ADDITIVE_LICENCE = "additive_licence"
    IDENTITY = "identity"
    FARM_LICENCE = "farm_licence"
    PROMISE = "promise"
    CONTRACT = "contract"
    LIABILITY_INSURANCE = "liability_insurance"
    GRADE = "grade"
    WATER_TEST = "water_test"
    GAS_CHECK = "gas_check"
    LIFT_CHECK = "lift_check"
    SERVICE_CONTRACT = "service_contract"
    TYPE_REPORT = "type_report"
    PURCHASE_PROOF = "purchase_proof"
    BATCH_REPORT = "batch_report"
    RELEASE_CERTIFICATE = "release_certificate"
    CONFORMITY = "conformity"
    ANIMAL_QUARANTINE = "animal_quarantine"
    MEAT_INSPECTION = "meat_inspection"
    SPLIT_SALE = "split_sale"
    SWINE_FEVER = "swine_fever"
    IMPORT_QUARANTINE = "import_quarantine"
    DISINFECTION = "disinfection"
    QUICK_TEST = "quick_test"
    OWN_SALE_PROOF = "own_sale_proof"


PAPER_NAMES: Mapping[PaperKind, str] = {
    PaperKind.BUSINESS_LICENCE: _("Business licence"),
    PaperKind.FOOD_OPERATION: _("Food operation licence (JY)"),
    PaperKind.PREPACKAGED_FILING: _("Filing for pre-packaged food only (YB)"),
    PaperKind.FOOD_PRODUCTION: _("Food production licence (SC)"),
    PaperKind.WORKSHOP_REGISTRATION: _("Registration of a small workshop"),
    PaperKind.SLAUGHTER_LICENCE: _("Licence of a designated slaughterhouse"),
    PaperKind.ADDITIVE_LICENCE: _("Licence for food additives"),
    PaperKind.IDENTITY: _("Copy of the identity card"),
    PaperKind.FARM_LICENCE: _("Papers of the farm"),
    PaperKind.PROMISE: _("Food safety promise"),
    PaperKind.CONTRACT: _("Supply contract"),
    PaperKind.LIABILITY_INSURANCE: _("Food safety liability insurance"),
    PaperKind.GRADE: _("Hygiene grade of the canteen"),
    PaperKind.WATER_TEST: _("Test of the drinking water"),
    PaperKind.GAS_CHECK: _("Check of the gas installation"),
    PaperKind.LIFT_CHECK: _("Check of the food lift"),
    PaperKind.SERVICE_CONTRACT: _("Service contract"),
    PaperKind.TYPE_REPORT: _("Type test report"),
    PaperKind.PURCHASE_PROOF: _("Proof of purchase, stamped"),
    PaperKind.BATCH_REPORT: _("Test report of the batch"),
    PaperKind.RELEASE_CERTIFICATE: _("Release certificate of the producer"),
    PaperKind.CONFORMITY: _("Conformity certificate of farm produce"),
    PaperKind.ANIMAL_QUARANTINE: _("Animal quarantine certificate"),
    PaperKind.MEAT_INSPECTION: _("Meat quality inspection certificate"),
    PaperKind.SPLIT_SALE: _("Certificate for split carcasses"),
    PaperKind.SWINE_FEVER: _("Test report on swine fever"),
    PaperKind.IMPORT_QUARANTINE: _("Import inspection and quarantine certificate"),
    PaperKind.DISINFECTION: _("Certificate of disinfection"),
    PaperKind.QUICK_TEST: _("Quick test for pesticides"),
    PaperKind.OWN_SALE_PROOF: _("Proof of own growing and selling"),
}


class Per(StrEnum):
    """When a paper is asked for: once of the seller, or with every batch."""

    SUPPLIER = "supplier"
    BATCH = "batch"


class Need(StrEnum):
    """How much a paper is asked for; `none` takes back what stood before."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    NONE = "none"


PER_NAMES: Mapping[Per, str] = {
    Per.SUPPLIER: _("Once, from the seller"),
    Per.BATCH: _("With every batch"),
}

NEED_NAMES: Mapping[Need, str] = {
    Need.REQUIRED: _("Required, else the goods stop"),
    Need.CONDITIONAL: _("Asked for under a condition"),
    Need.NONE: _("Not asked for"),
}
