"""The slash commands of the app.

Source: mcp_open_tools/agent-best-practices/agent-supports-slash-commands on open.feishu.cn, and for
the code of a name that is taken the command-line tool of the platform's own makers.
"""

from collections.abc import Mapping
from typing import Any

from tests.platforms.lark.fake.checks import LANGUAGES
from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.messages import milliseconds
from tests.platforms.lark.fake.people import page
from tests.platforms.lark.fake.tenant import Tenant

CREATE = "POST /open-apis/application/v7/app_slash_commands"
LIST = "GET /open-apis/application/v7/app_slash_commands"
CHANGE = "PATCH /open-apis/application/v7/app_slash_commands/:command_id"
DELETE = "DELETE /open-apis/application/v7/app_slash_commands/:command_id"
READ = ("application:app_slash_command:read",)
WRITE = ("application:app_slash_command:write",)
MOST = 100
OFF = 40000000


class Commands:
    """application/v7/app_slash_commands. A tenant that has no such thing answers 404."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self.known = True

    def endpoints(self) -> tuple[Endpoint, ...]:
        """All four."""
        return (
            Endpoint(CREATE, self.create, WRITE),
            Endpoint(LIST, self.all, READ),
            Endpoint(CHANGE, self.change, WRITE),
            Endpoint(DELETE, self.delete, WRITE),
        )

    async def create(self, asked: Asked) -> Mapping[str, Any]:
        """A new command; a name that is there already is refused."""
        self._exist()
        name = asked.body.get("command")
        if not isinstance(name, str) or not name or name.startswith("/") or " " in name:
            raise Refused(OFF, message="Invalid Param 'command'. invalid command.")
        if name in {c["command"] for c in self._tenant.commands.values()}:
            raise Refused(OFF, message="Invalid Param 'command'. command already exists.")
        if len(self._tenant.commands) >= MOST:
            raise Refused(OFF, message="Invalid Param 'command'. too many commands.")
        now = milliseconds(self._tenant.now())
        command = {
            "command_id": f"{self._tenant.number():019d}",
            "command": name,
            "create_time": now,
            "update_time": now,
            **_described(asked.body, needed=True),
        }
        self._tenant.commands[command["command_id"]] = command
        return command

    async def all(self, asked: Asked) -> Mapping[str, Any]:
        """A page of the commands."""
        self._exist()
        return page(list(self._tenant.commands.values()), asked)

    async def change(self, asked: Asked) -> Mapping[str, Any]:
        """Other words for a command; what is not named stays, languages are replaced together."""
        command = self._command(asked)
        command |= _described(asked.body, needed=False)
        command["update_time"] = milliseconds(self._tenant.now())
        return command

    async def delete(self, asked: Asked) -> Mapping[str, Any]:
        """Take a command away."""
        del self._tenant.commands[self._command(asked)["command_id"]]
        return {}

    def _exist(self) -> None:
        if not self.known:
            raise Refused(404, status=404)

    def _command(self, asked: Asked) -> dict[str, Any]:
        self._exist()
        command = self._tenant.commands.get(asked.path["command_id"])
        if command is None:
            raise Refused(OFF, message="Invalid Param 'command_id'. command not found.")
        return command


def _described(body: Mapping[str, Any], *, needed: bool) -> dict[str, Any]:
    described = {n: body[n] for n in ("description", "icon") if n in body}
    if needed and "description" not in described:
        raise Refused(OFF, message="Invalid Param 'description'. required.")
    words = described.get("description", {"default_value": "-"})
    if not isinstance(words, dict) or not words.get("default_value"):
        raise Refused(OFF, message="Invalid Param 'description'. default_value is required.")
    if set(words.get("i18n", {})) - LANGUAGES:
        raise Refused(OFF, message="Invalid Param 'description'. unknown language.")
    return described
