"""Every template, synthesized once for this process; that takes seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from aws_cdk import App
from infra.app import TEMPLATES, new_app, stacks
from infra.shop_stack import ShopStack


@dataclass(frozen=True, slots=True)
class Built:
    """All stacks by template name, and what they became."""

    stacks: Mapping[str, ShopStack]
    templates: Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    app = new_app(str(tmp_path_factory.mktemp("cdk")))
    made = stacks(app)
    assembly = app.synth()
    return Built(made, {name: assembly.get_stack_by_name(name).template for name in TEMPLATES})


@pytest.fixture
def scratch(tmp_path_factory: pytest.TempPathFactory) -> App:
    """An empty app, for a stack that only one test wants."""
    return new_app(str(tmp_path_factory.mktemp("cdk")))


@pytest.fixture(params=sorted(TEMPLATES))
def template_name(request: pytest.FixtureRequest) -> str:
    """Each template in turn."""
    return str(request.param)


@pytest.fixture
def template(built: Built, template_name: str) -> Mapping[str, Any]:
    """Each template in turn, as a value."""
    return built.templates[template_name]


@pytest.fixture
def stack(built: Built, template_name: str) -> ShopStack:
    """Each stack in turn."""
    return built.stacks[template_name]
