"""What the environment decides, read once at start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the house keeps its things and how it is reached.

    `database_url` is `sqlite:///PATH` or `postgresql://…`; `data_dir` holds uploads by digest and the font
    cache; `secret` signs cookies; `base_url` is how browsers reach us; `metrics_token` opens /metrics to
    callers beyond the loopback address (empty: loopback only).
    """

    database_url: str = "sqlite:///canteen.sqlite"
    data_dir: Path = Path("data")
    secret: str = ""
    base_url: str = "http://127.0.0.1:8000"
    metrics_token: str = ""

    @property
    def secure(self) -> bool:
        """Browsers come by https: cookies are marked secure and HSTS is sent."""
        return self.base_url.startswith("https://")


def load(env: Mapping[str, str]) -> Settings:
    """The settings of an environment; what it leaves out keeps its default."""
    default = Settings()
    return Settings(
        database_url=env.get("CANTEEN_DATABASE_URL") or default.database_url,
        data_dir=Path(env.get("CANTEEN_DATA_DIR") or default.data_dir),
        secret=env.get("CANTEEN_SECRET", ""),
        base_url=(env.get("CANTEEN_BASE_URL") or default.base_url).rstrip("/"),
        metrics_token=env.get("CANTEEN_METRICS_TOKEN", ""),
    )
