"""How a call to the fake fails, and how a test is told that a person cannot do that."""

from typing import Any

from tests.platforms.slack.fake.schema import Finding


class ApiError(Exception):
    """The call is answered with `ok: false` and this error."""

    def __init__(
        self,
        error: str,
        *,
        findings: list[Finding] | None = None,
        status: int = 200,
        **more: Any,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.more = more
        if findings:
            messages = [f"[ERROR] {finding}" for finding in findings]
            self.more["errors"] = [str(finding) for finding in findings]
            self.more["response_metadata"] = {"messages": messages}


class CannotDo(AssertionError):
    """A person in front of a real Slack could not do what the test asks for."""
