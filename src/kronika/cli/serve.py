"""``kronika serve``."""

from __future__ import annotations

import click


@click.command()
@click.argument("record")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--token", envvar="KRONIKA_TOKEN", help="Ask for this token; made up where --host is not the loopback.")
@click.option("--read-only", is_flag=True, help="Show only; nothing can be decided.")
@click.option("--reviewer", help="Name that decisions are signed with until another is given; default: your login.")
def serve(record: str, host: str, port: int, token: str | None, read_only: bool, reviewer: str | None) -> None:
    """Show RECORD in the browser, and review it there.

    Listens on this machine only, unless --host says otherwise; then every visitor needs the token in the address that
    is printed. Incidents are put together first if documents were added. Stop it with Ctrl-C.

    \b
    Examples:
      kronika serve war.kronika
      kronika serve war.kronika --port 9000 --read-only
    """
    from kronika.web.serving import serve_record

    serve_record(record, host, port, token, read_only=read_only, reviewer=reviewer, say=click.echo)
