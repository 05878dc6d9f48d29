"""The files of `deploy/`: what they start is there, what they watch is told, and nobody has a right too many."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli import app
from bot.engine import links
from bot.platforms.lark import app as lark
from bot.platforms.slack import installing, manifest
from bot.platforms.slack import platform as slack
from tests.operating.chart import rendered
from tests.platforms.slack.test_serve import free

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CHART = DEPLOY / "helm" / "candor"
COMMANDS = {*getattr(get_command(app), "commands", {})}
GUIDE = (ROOT / "docs" / "howto" / "operate.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "reference" / "metrics.md").read_text(encoding="utf-8")
FIGURE = re.compile(r"\bcandor_\w+")
SECRET = re.compile(r"xox[bpe]-\w|xapp-\w|password[:=] *\w{4}", re.IGNORECASE)


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def instructions(name: str = "Dockerfile") -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each on one line."""
    whole = re.sub(r"\\\n\s*", " ", text_of(name))
    lines = [line for line in whole.splitlines() if line and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines]


def last(kind: str) -> str:
    return [rest for name, rest in instructions() if name == kind][-1]


def test_the_image_runs_as_nobody_and_from_what_the_builder_may_see() -> None:
    assert last("USER") == "10001:10001"
    seen = {
        line.removeprefix("!")
        for line in text_of("Dockerfile.dockerignore").splitlines()
        if line.startswith("!")
    }
    copied = {
        word
        for name, rest in instructions()
        if name == "COPY" and not rest.startswith("--from")
        for word in rest.split()[:-1]
    }
    assert copied == seen
    assert all((ROOT / name).exists() for name in copied)
    assert "--require-hashes" in text_of("Dockerfile")


def test_what_goes_into_the_wheel_is_copied_for_it() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table = project.partition("force-include]\n")[2].partition("\n\n")[0]
    wanted = {line.split('"')[1] for line in table.splitlines()}
    copied = " ".join(rest for name, rest in instructions() if name == "COPY").split()
    assert wanted <= set(copied)


@pytest.mark.slow
def test_what_the_builder_sees_makes_a_wheel_with_all_that_it_needs(tmp_path: Path) -> None:
    """The last step of the build, in a folder that holds what was copied and nothing else."""
    pairs = [rest.split() for name, rest in instructions() if name == "COPY"]
    for *sources, target in (words for words in pairs if not words[0].startswith("--from")):
        for source in sources:
            made = tmp_path / target / Path(source).name if target == "./" else tmp_path / target
            made.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
            copy(ROOT / source, made)
    assert last("RUN").startswith("groupadd")
    install = next(
        rest for name, rest in reversed(instructions()) if name == "RUN" and "pip" in rest
    )
    assert install.endswith("-m pip install --no-cache-dir --no-deps --no-build-isolation .")
    build = ("-m", "pip", "wheel", "--quiet", "--no-cache-dir", "--no-deps", "--no-build-isolation")
    done = subprocess.run(
        [sys.executable, *build, "--no-index", "-w", "dist", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next((tmp_path / "dist").glob("*.whl"))) as wheel:
        inside = wheel.namelist()
    for wanted in ("bot/cli.py", "bot/playbooks/", "bot/transcripts/", "slack-manifest.yaml"):
        assert any(wanted in name for name in inside), wanted


def environment(folder: Path, port: int) -> dict[str, str]:
    """What the image sets, on another port, for a Slack that is not there."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    own = dict(pair.split("=", 1) for pair in shlex.split(last("ENV")))
    assert own.pop("PATH").startswith("/opt/candor/bin")
    return {
        **kept,
        **own,
        "PYTHONPATH": str(ROOT),
        "CANDOR_BIND": own["CANDOR_BIND"].replace("8765", str(port)),
        "CANDOR_DATA": str(folder),
        "CANDOR_SLACK_BOT_TOKEN": "xoxb-none",
        "CANDOR_SLACK_SIGNING_SECRET": "none",
        "CANDOR_SLACK_BASE_URL": "http://127.0.0.1:9",
    }


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """What the image starts, as a process, and its port."""
    port = free()
    entry = [*json.loads(last("ENTRYPOINT")), *json.loads(last("CMD"))]
    assert entry[0] == "candor"
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *entry[1:]],
        cwd=tmp_path,
        env=environment(tmp_path, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("Candor is at http://0.0.0.0:")
    yield process, port
    process.kill()
    process.communicate()


@pytest.mark.slow
def test_what_the_image_starts_passes_its_own_check_and_ends_when_told(
    started: tuple[subprocess.Popen[str], int],
) -> None:
    process, port = started
    check = json.loads(last("HEALTHCHECK").partition("CMD ")[2])
    code = check[2].replace("8765", str(port)).replace("timeout=3", "timeout=30")
    done = subprocess.run([sys.executable, check[1], code], check=False, timeout=60)
    assert done.returncode == 0
    with pytest.raises(urllib.error.HTTPError) as found:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30)
    assert found.value.code == 503
    assert "Slack" in found.value.read().decode()
    found.value.close()
    process.send_signal(signal.Signals[last("STOPSIGNAL")])
    assert process.wait(timeout=20) == 0


def services(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(text_of(name))["services"]
    return found


@pytest.mark.parametrize("name", ["compose.yaml", "compose.postgres.yaml"])
def test_a_composed_candor_has_no_right_that_it_does_not_need(name: str) -> None:
    ours = [s for s in services(name).values() if s["image"] == "candor"]
    assert ours
    for service in ours:
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert set(service.get("command", [])) <= COMMANDS
    for service in services(name).values():
        assert all("127.0.0.1" in p or p in ("80:80", "443:443") for p in service.get("ports", []))


def test_two_servers_and_two_workers_wait_for_the_migration() -> None:
    found = services("compose.postgres.yaml")
    commands = [s.get("command") for s in found.values() if s["image"] == "candor"]
    assert sorted(map(str, commands)) == sorted(
        map(str, [["migrate"], ["serve"], ["serve"], ["work"], ["work"]])
    )
    for service in found.values():
        if service.get("command") in (["serve"], ["work"]):
            assert service["depends_on"]["migrate"] == {
                "condition": "service_completed_successfully"
            }


def chart() -> list[dict[str, Any]]:
    return [*yaml.safe_load_all(rendered(CHART, "pilot", {"ingress.enabled": True}))]


def test_every_pod_of_the_chart_runs_without_rights_and_with_secrets_by_name() -> None:
    pods = [d["spec"]["template"]["spec"] for d in chart() if d["kind"] in ("Deployment", "Job")]
    assert len(pods) == 3
    for pod in pods:
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        (container,) = pod["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert set(container["args"]) <= COMMANDS
        assert container["envFrom"][0] == {"secretRef": {"name": "candor-settings"}}
        assert "env" not in container


def test_the_charts_probes_ask_what_the_server_answers() -> None:
    found = {d["metadata"]["name"]: d for d in chart() if d["kind"] == "Deployment"}
    assert set(found) == {"pilot-server", "pilot-worker"}
    for deployment in found.values():
        (pod,) = deployment["spec"]["template"]["spec"]["containers"]
        assert pod["livenessProbe"]["httpGet"]["path"] == "/healthz"
        assert pod["readinessProbe"]["httpGet"]["path"] == "/readyz"


def test_what_the_world_may_reach_is_what_platforms_and_customers_need() -> None:
    ingress = next(d for d in chart() if d["kind"] == "Ingress")
    open_ = [p["path"] for p in ingress["spec"]["rules"][0]["http"]["paths"]]
    assert open_ == ["/slack", "/lark/events", "/feedback"]
    for path in (slack.PATH, installing.INSTALL, manifest.BACK, lark.PATH, links.PATH):
        assert path.startswith(tuple(open_))


def test_the_charts_migration_runs_before_anything_new_starts() -> None:
    job = next(d for d in chart() if d["kind"] == "Job")
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert job["spec"]["template"]["spec"]["containers"][0]["args"] == ["migrate"]


def test_the_charts_budgets_and_service_find_their_pods() -> None:
    documents = chart()
    pods = [
        d["spec"]["template"]["metadata"]["labels"] for d in documents if d["kind"] == "Deployment"
    ]
    chosen = [
        d["spec"]["selector"].get("matchLabels", d["spec"]["selector"])
        for d in documents
        if d["kind"] in ("PodDisruptionBudget", "Service")
    ]
    assert len(chosen) == 3
    assert all(any(each.items() <= labels.items() for labels in pods) for each in chosen)


def test_alerts_and_dashboard_ask_for_figures_that_are_told() -> None:
    told = set(re.findall(r"^\| `(candor_\w+)`", PAGE, re.MULTILINE))
    asked = FIGURE.findall(text_of("monitoring/alerts.yaml"))
    asked += FIGURE.findall(text_of("monitoring/grafana.json"))
    assert {re.sub(r"_(bucket|count|sum)$", "", name) for name in asked} == told


def test_each_alert_is_answered_in_the_guide() -> None:
    rules = yaml.safe_load(text_of("monitoring/alerts.yaml"))["groups"][0]["rules"]
    assert [r["alert"] for r in rules if f"`{r['alert']}`" not in GUIDE] == []
    assert all(r["expr"] and r["annotations"]["summary"] for r in rules)


def test_the_dashboard_is_one_that_grafana_can_read() -> None:
    dashboard = json.loads(text_of("monitoring/grafana.json"))
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))
    assert all(t["expr"] for panel in dashboard["panels"] for t in panel["targets"])


def test_the_service_starts_commands_that_are_there() -> None:
    started = re.findall(r"^ExecStart(?:Pre)?=\S+/candor (\w+)$", text_of("candor.service"), re.M)
    assert started == ["migrate", "serve"]
    assert set(started) <= COMMANDS
    assert "\nDynamicUser=yes\n" in text_of("candor.service")


def test_no_file_holds_a_secret() -> None:
    files = [f for f in DEPLOY.rglob("*") if f.is_file()]
    assert [f.name for f in files if SECRET.search(f.read_text(encoding="utf-8"))] == []
