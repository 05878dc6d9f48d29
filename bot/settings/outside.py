"""What the environment says of systems outside: a part of the settings, in a file of its own."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings import spelling


class TraceSettings(BaseSettings):
    """Where it is told what took how long; see docs/reference/metrics.md."""

    model_config = SettingsConfigDict(env_prefix="CANDOR_", extra="ignore", frozen=True)

    traces: Annotated[str, AfterValidator(spelling.collector)] = Field(
        default="",
        description="Where traces go, as the address of a collector that takes OTLP over HTTP "
        "(http://127.0.0.1:4318/v1/traces); needs pip install 'candor[traces]'. Empty: nowhere.",
    )


class MirrorSettings(TraceSettings):
    """What is copied to Feishu's or Lark's own systems; see docs/howto/documents-and-tasks.md."""

    model_config = SettingsConfigDict(env_prefix="CANDOR_", extra="ignore", frozen=True)

    lark_tasks: bool = Field(
        default=False,
        description="Whether follow-ups are tasks of their owner in Feishu or Lark, too; needs one scope "
        "more, see docs/howto/documents-and-tasks.md.",
    )
    lark_calendar: bool = Field(
        default=False,
        description="Whether follow-ups stand in their owner's calendar in Feishu or Lark, too; needs "
        "five scopes more, see docs/howto/documents-and-tasks.md.",
    )
    lark_register: Annotated[str, AfterValidator(spelling.register)] = Field(
        default="",
        description="A table of a Base in Feishu or Lark in which each case has a row, as "
        "app_token/table_id or the table's own address; needs five scopes more, see "
        "docs/howto/documents-and-tasks.md.",
    )


class TrackerSettings(MirrorSettings):
    """Where facts are read from; see docs/howto/trackers.md."""

    model_config = SettingsConfigDict(env_prefix="CANDOR_", extra="ignore", frozen=True)

    tracker_folder: Path | None = Field(
        default=None,
        description="A folder of plans (CSV, XLSX, Microsoft Project's XML), each of them a project "
        "whose facts a conversation can begin with. See docs/howto/trackers.md.",
    )
    tracker_tenants: str = Field(
        default="",
        description="Slack workspaces (T…) and Lark tenants whose people may see the projects of "
        "the trackers, divided by commas; empty: all but those of further apps, which an app that is "
        "installed by a link may not have.",
    )
    private_trackers: Annotated[str, AfterValidator(spelling.hosts)] = Field(
        default="",
        description="Hosts of trackers that stand in a private network, divided by commas; any "
        "other that turns out to be there is not asked.",
    )
    pingcode_client_id: str = Field(
        default="",
        description="Client ID of an app in PingCode (凭据管理); with it, its projects can be read.",
    )
    pingcode_client_secret: SecretStr | None = Field(
        default=None, description="Client Secret of that app."
    )
    pingcode_base_url: str = Field(
        default="https://open.pingcode.com",
        description="Where PingCode's API is; of a private installation, https://host/open.",
    )
    pingcode_zone: Annotated[str, AfterValidator(spelling.zone)] = Field(
        default="Asia/Shanghai", description="Time zone in which PingCode's days are meant."
    )
    pingcode_milestones: str = Field(
        default="里程碑,milestone",
        description="Names of the types of work items that are milestones, divided by commas.",
    )
    worktile_client_id: str = Field(
        default="",
        description="Client ID of an app in Worktile; with it, its projects can be read.",
    )
    worktile_client_secret: SecretStr | None = Field(
        default=None, description="Client Secret of that app."
    )
    worktile_base_url: str = Field(
        default="https://dev.worktile.com/open-api",
        description="Where Worktile's API is; a private installation has an entry of its own.",
    )
    worktile_zone: Annotated[str, AfterValidator(spelling.zone)] = Field(
        default="Asia/Shanghai", description="Time zone in which Worktile's days are meant."
    )
    worktile_team: str = Field(
        default="", description="The team in https://team.worktile.com, for links to tasks."
    )
    worktile_milestones: str = Field(
        default="里程碑,milestone",
        description="Names of the types of tasks that are milestones, divided by commas.",
    )

    jira_token: SecretStr | None = Field(
        default=None,
        description="API token of Jira Cloud, or personal access token of Jira Data Center; with it, "
        "its projects can be read.",
    )
    jira_email: str = Field(
        default="",
        description="E-mail address of whoever made the API token, for Jira Cloud; empty: Data Center.",
    )
    jira_base_url: str = Field(
        default="",
        description="Where Jira is, as https://site.atlassian.net, or https://host/context.",
    )
    jira_zone: Annotated[str, AfterValidator(spelling.zone)] = Field(
        default="UTC", description="Time zone in which Jira's days are meant."
    )

    github_token: SecretStr | None = Field(
        default=None,
        description="Fine-grained token of GitHub that may read issues; with it, milestones can be read.",
    )
    github_repositories: str = Field(
        default="", description="Repositories that may be chosen, as owner/name, divided by commas."
    )
    github_base_url: str = Field(
        default="https://api.github.com",
        description="Where GitHub's API is; of an Enterprise Server, https://host/api/v3.",
    )
    linear_key: SecretStr | None = Field(
        default=None,
        description="Personal API key of Linear; with it, its projects can be read.",
    )
    linear_base_url: str = Field(
        default="https://api.linear.app",
        description="Where Linear's API is; another one only for tests.",
    )

    feishu_project_plugin_id: str = Field(
        default="",
        description="Plugin ID of a plugin of Feishu Project (Meegle) that is installed in the spaces; with "
        "it, they can be read.",
    )
    feishu_project_plugin_secret: SecretStr | None = Field(
        default=None, description="Plugin Secret of that plugin."
    )
    feishu_project_user: str = Field(
        default="", description="user_key of whoever the plugin reads on behalf of."
    )
    feishu_project_spaces: str = Field(
        default="", description="Spaces that may be chosen, as key=name, divided by commas."
    )
    feishu_project_items: str = Field(
        default="story",
        description="Keys of the types of work items that count, divided by commas.",
    )
    feishu_project_milestones: str = Field(
        default="", description="Keys of the types that are milestones, divided by commas."
    )
    feishu_project_due: str = Field(
        default="",
        description="Key of the field that holds an item's day; without it nothing is due.",
    )
    feishu_project_base_url: str = Field(
        default="https://project.feishu.cn",
        description="Where Feishu Project is; of Meegle, https://project.larksuite.com.",
    )
    feishu_project_zone: Annotated[str, AfterValidator(spelling.zone)] = Field(
        default="Asia/Shanghai", description="Time zone in which its days are meant."
    )

    @property
    def trackers_named(self) -> tuple[str, ...]:
        """The trackers that are configured, but for the folder."""
        given = {
            "pingcode": self.pingcode_client_id,
            "worktile": self.worktile_client_id,
            "jira": self.jira_token,
            "github": self.github_token,
            "linear": self.linear_key,
            "feishu": self.feishu_project_plugin_id,
        }
        return tuple(name for name, value in given.items() if value)

    @property
    def has_trackers(self) -> bool:
        """Whether any tracker is configured."""
        return self.tracker_folder is not None or bool(self.trackers_named)
