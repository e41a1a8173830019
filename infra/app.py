"""All the templates by name, and how they become text. A new stack is one more line in `TEMPLATES`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from aws_cdk import App
from constructs import Construct

from infra.data_stack import DataStack
from infra.edge_stack import EdgeStack
from infra.release_stack import ReleaseStack
from infra.service_fargate import ServiceFargateStack
from infra.service_serverless import ServiceServerlessStack
from infra.shop_stack import ShopStack

FOLDER = Path(__file__).resolve().parents[1] / "src" / "xpressbuy" / "cloud" / "templates"
TEMPLATES: Mapping[str, Callable[[Construct, str], ShopStack]] = {
    "release": ReleaseStack,
    "data": DataStack,
    "edge": EdgeStack,
    "service-fargate": ServiceFargateStack,
    "service-serverless": ServiceServerlessStack,
}
"""Template name -> what makes its stack in an app. The name is the file's name and the stack's id."""


def new_app(outdir: str) -> App:
    """An app that writes to `outdir` and adds nothing of its own to a template."""
    return App(
        outdir=outdir,
        analytics_reporting=False,
        auto_synth=False,
        # The tests judge each template with cfn-lint, with its newest rules; once is enough.
        builtin_cloud_formation_validation=False,
        stack_traces=False,
        tree_metadata=False,
    )


def stacks(app: App) -> dict[str, ShopStack]:
    """Every stack in this app, by template name."""
    return {name: make(app, name) for name, make in TEMPLATES.items()}


def synthesize() -> dict[str, dict[str, Any]]:
    """Every template as a value, by name."""
    with tempfile.TemporaryDirectory() as outdir:
        app = new_app(outdir)
        stacks(app)
        assembly = app.synth()
        return {name: assembly.get_stack_by_name(name).template for name in TEMPLATES}


def rendered(template: Mapping[str, Any]) -> str:
    """The template as it is kept: sorted, so that a change of order is no change."""
    return json.dumps(template, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def stale(templates: Mapping[str, Mapping[str, Any]], folder: Path = FOLDER) -> list[str]:
    """One sentence for each file that does not say what the code says."""
    problems = []
    for name, template in templates.items():
        file = folder / f"{name}.json"
        if not file.exists():
            problems.append(f"{file.name} is missing. Run `make infra`, and commit what it writes.")
        elif file.read_text(encoding="utf-8") != rendered(template):
            problems.append(f"{file.name} is out of date. Run `make infra`, and commit what it writes.")
    unknown = sorted({file.stem for file in folder.glob("*.json")} - set(templates))
    return problems + [f"{name}.json belongs to no stack. Remove it." for name in unknown]
