"""Settings, from the environment (prefix `HADATH_`) or a `.env` file in the working folder.

Nothing is read at import: make a `Settings()` where the program starts and hand it on.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting, with its default. `HADATH_NEO4J_URI` chooses the server."""

    model_config = SettingsConfigDict(
        env_prefix="HADATH_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    neo4j_uri: str | None = Field(
        default=None,
        description="Bolt address of a Neo4j 5, e.g. bolt://localhost:7687; unset: the embedded server.",
    )
    neo4j_user: str = Field(default="neo4j", description="User name on that Neo4j.")
    neo4j_password: SecretStr | None = Field(
        default=None, description="Password of that user; needed when HADATH_NEO4J_URI is set."
    )
    neo4j_database: str = Field(default="neo4j", description="Database on that Neo4j.")
    data_dir: Path = Field(
        default=Path(".hadath"), description="Folder of the embedded server's data, passwords and logs."
    )
    bolt_port: int = Field(
        default=0, ge=0, le=65535, description="Bolt port of the embedded server; 0 takes a free one."
    )
    heap: str = Field(
        default="1g",
        pattern=r"^[1-9][0-9]*[kKmMgG]$",
        description="Largest heap of the embedded server, e.g. 1g or 512m.",
    )
    query_timeout_s: float = Field(
        default=30.0, gt=0, description="Seconds after which a query of a reader is stopped."
    )
    query_row_limit: int = Field(
        default=10_000, gt=0, description="Most rows that one query of a reader may give."
    )
    models: Path | None = Field(
        default=None, description="Folder of the annotation models; unset: those shipped with the project."
    )
