"""Serve the API and the explorer.

python -m scripts.serve                                   # http://127.0.0.1:8000/
python -m scripts.serve --new-key newsroom --role analyst # a key, to serve others too
"""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from api.app import create_app
from api.security import Role, check_listening, new_key
from api.settings import ApiSettings
from graph.settings import Settings
from schema.errors import InputError
from scripts.cli import Verbose, run


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on. Default: HADATH_HOST, else 127.0.0.1.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on. Default: HADATH_PORT, else 8000.")
    ] = None,
    key_name: Annotated[
        str | None, typer.Option("--new-key", metavar="NAME", help="Make an API key of that name and end.")
    ] = None,
    role: Annotated[str, typer.Option(help="Role of the new key: reader, analyst or admin.")] = "reader",
    verbose: Verbose = False,
) -> None:
    """Serve the query API and the explorer, until stopped with Ctrl-C."""
    if key_name is not None:
        _show_key(key_name, role)
        return
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    api_settings = ApiSettings().model_copy(update=given)
    check_listening(api_settings)
    app = create_app(Settings(), api_settings=api_settings)
    # open before listening, so that a wrong server address ends in one line
    app.state.services.store.stats()
    import uvicorn

    shown = f"[{api_settings.host}]" if ":" in api_settings.host else api_settings.host
    typer.echo(f"The explorer is at http://{shown}:{api_settings.port}/ (Ctrl-C ends it)")
    uvicorn.run(
        app,
        host=api_settings.host,
        port=api_settings.port,
        log_level=logging.INFO if verbose else logging.WARNING,
        server_header=False,
        # a proxy's word on who asks is taken from this machine only
        forwarded_allow_ips="127.0.0.1",
    )


def _show_key(name: str, role: str) -> None:
    if role not in Role.__members__:
        raise InputError(f"no role {role!r}; use {', '.join(Role.__members__)}")
    key, entry = new_key(name, Role[role])
    typer.echo(f"The key, shown this once: {key}")
    typer.echo(f"Add to HADATH_API_KEYS:    {entry}")


if __name__ == "__main__":
    run(serve)
