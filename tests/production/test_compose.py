"""The compose file, the image and what they run, without a Docker engine."""

import fnmatch
import json
import re
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.production import compose

pytestmark = pytest.mark.once
ROOT = compose.ROOT
SCHEMA = json.loads(Path(__file__).with_name("compose-spec.json").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
NAMES = [*compose.services()]
ONCE = {"secrets", "migrate"}  # they end


def complaints(file: dict[str, Any]) -> list[str]:
    validator = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(file)]


def test_the_file_is_what_compose_reads() -> None:
    assert complaints(compose.read()) == []


def test_a_file_that_compose_would_refuse_is_found() -> None:
    broken = deepcopy(compose.read())
    broken["services"]["web-a"]["helthcheck"] = {}
    broken["services"]["redis"]["depends_on"] = {"secrets": {"condition": "some day"}}
    assert len(complaints(broken)) >= 2


def test_all_that_weft_needs_is_started_and_everything_it_waits_for_is_there() -> None:
    file, services = compose.read(), compose.services()
    assert {"database", "redis", "web-a", "web-b", "worker", "mail-worker", "beat", "proxy"} <= set(services)
    for service in services.values():
        for other, wanted in service.get("depends_on", {}).items():
            assert wanted["condition"] != "service_healthy" or "healthcheck" in services[other]
            assert (wanted["condition"] == "service_completed_successfully") == (other in ONCE)
        assert set(service.get("networks", [])) <= set(file["networks"])
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in file["volumes"] or source == "./secrets" or Path(ROOT, source).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_each_container_can_do_no_more_than_it_must(name: str) -> None:
    service = compose.services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    limits = service["deploy"]["resources"]["limits"]
    assert {"cpus", "memory", "pids"} <= set(limits)
    as_root = {"secrets", "proxy"}  # the first one has no network, the second one opens ports below 1024
    assert name in as_root or service["user"].split(":")[0] not in ("0", "root")
    assert name in ONCE or ("healthcheck" in service and service["restart"] == "unless-stopped")


def test_only_the_proxy_can_be_reached_from_outside_and_it_reaches_only_web() -> None:
    services = compose.services()
    assert [name for name in services if "ports" in services[name]] == ["proxy"]
    assert services["proxy"]["networks"] == ["front"]
    assert [name for name in services if "front" in services[name].get("networks", [])] == ["web-a", "web-b", "proxy"]
    assert compose.read()["networks"]["back"]["internal"] is True
    assert services["database"]["networks"] == services["redis"]["networks"] == ["back"]


def test_no_secret_stands_in_the_file_or_in_a_variable() -> None:
    from config.secrets import SECRETS

    kept_elsewhere = {"DATABASE_URL", "REDIS_URL"}  # without a password here
    for service in compose.services().values():
        environment = service.get("environment", {})
        assert not (set(SECRETS) - kept_elsewhere) & set(environment)
        assert not re.search(r"://[^/ ]*:[^/ ]*@", json.dumps(environment))
    assert "secrets/" in (ROOT / ".gitignore").read_text()


def test_every_variable_is_one_that_weft_knows() -> None:
    page = (ROOT / "docs" / "settings.md").read_text() + (ROOT / "docs" / "deploy.md").read_text()
    known = set(re.findall(r"`([A-Z][A-Z_]+)`", page))
    for service in compose.ours().values():
        assert {name.removesuffix("_FILE") for name in service.get("environment", {})} <= known
    assert set(compose.variables()) <= known


@pytest.mark.parametrize("name", [*compose.ours()])
def test_each_command_is_a_script_that_can_be_run(name: str) -> None:
    service = compose.services()[name]
    for command in (service["command"], service.get("healthcheck", {}).get("test", [])[1:]):
        if command:
            script = ROOT / command[0]
            assert script.parent.name == "deploy"
            assert script.stat().st_mode & 0o111
            assert subprocess.run(["sh", "-n", script]).returncode == 0


# --- The image ---------------------------------------------------------------------------------------------------


def test_the_image_is_made_in_stages_and_run_by_nobody_of_importance() -> None:
    stages = re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.MULTILINE)
    assert len(stages) == 2
    assert all(":" in stage and not stage.endswith(":latest") for stage in stages)
    last = DOCKERFILE.rpartition("FROM ")[2]
    assert re.findall(r"^USER (.+)$", last, flags=re.MULTILINE) == ["10001:10001"]
    assert compose.ours()["web-a"]["user"] == "10001:10001"
    assert "--require-hashes" in DOCKERFILE
    assert "collectstatic" in DOCKERFILE


def test_the_image_holds_what_weft_is_made_of_and_nothing_else() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    tops = {path.partition("/")[0] for path in tracked}
    left_out = {"tests", "docs", "bin", "Makefile", "Dockerfile", "README.md", "docker-compose.yml", "pyproject.toml"}
    left_out |= {name for name in tops if name.startswith(".") or fnmatch.fnmatch(name, "requirements*")}
    assert set(kept) == (tops - left_out) | {"requirements.txt"}
