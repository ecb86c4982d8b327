"""Settings of the API, from the environment (prefix `HADATH_`) or `.env`, beside those of the graph."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ApiSettings(BaseSettings):
    """Who may use the API, and how much of it."""

    model_config = SettingsConfigDict(
        env_prefix="HADATH_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    host: str = Field(
        default="127.0.0.1",
        description="Address that the API listens on; beyond loopback it needs HADATH_API_KEYS.",
    )
    port: int = Field(default=8000, ge=1, le=65535, description="Port that the API listens on.")
    api_keys: str = Field(
        default="",
        description="Keys that may use the API: name:role:hash, separated by commas; "
        "python -m scripts.serve --new-key makes one. Roles: reader, analyst, admin. "
        "Empty: everybody on this machine may do everything, and nobody else anything.",
    )
    allowed_hosts: str = Field(
        default="localhost,127.0.0.1,[::1]",
        description="Names of the server, separated by commas; * for any (only with keys).",
    )
    body_limit: int = Field(
        default=8_000_000, gt=0, description="Most bytes that one request may carry (more: HTTP 413)."
    )
    rate_limit: int = Field(
        default=1200, ge=0, description="Requests a minute that one key or address may make; 0: any number."
    )
    fetch_urls: bool = Field(
        default=False,
        description="Whether an article may be given as a URL, which the server then fetches "
        "(never from private addresses).",
    )
    job_limit: int = Field(
        default=8, gt=0, description="Most jobs (articles sent in one go) that may wait or run at a time."
    )
