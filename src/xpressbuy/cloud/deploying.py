"""One deploy from what stands to what is wanted: plan, then stack after stack. Run again, it continues or does nothing.

The order: code and image before what runs them, data before the service, the certificate before what shows it. A new
shop without a domain learns its address from a paused service first; then everything that names the address follows.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from xpressbuy.cloud.account import SHOP_TAG, WAF_TAG, Cloud
from xpressbuy.cloud.blueprints import Blueprint, Role, Templates
from xpressbuy.cloud.bundle import Platform
from xpressbuy.cloud.changes import Change, Kind
from xpressbuy.cloud.closed_page import upload_closed_page
from xpressbuy.cloud.leftovers import clear_leftovers
from xpressbuy.cloud.linked_roles import make_linked_roles
from xpressbuy.cloud.options import ADDRESS_FOLLOWS, Options, remembered
from xpressbuy.cloud.plan import ROLES, Goal, Plan, StackPlan, goal_state, parameters, refuse_loss, url_of
from xpressbuy.cloud.problem import CloudProblem
from xpressbuy.cloud.progress import Screen
from xpressbuy.cloud.release import Artefacts, build_image, has_image, make_artefacts, sent_template, upload
from xpressbuy.cloud.senders import mail_parameters
from xpressbuy.cloud.stacks import FAILED_CREATE, Proposal, Stack, Stacks

PREFIX_LIST = "com.amazonaws.global.cloudfront.origin-facing"
ORIGIN_SECRET_BYTES = 32


def survey(cloud: Cloud) -> dict[Role, Stack | None]:
    """The shop's stacks as they stand."""
    return {role: Stacks(cloud, cloud.region_of(role)).find(cloud.stack_name(role)) for role in ROLES}


def prefix_list(cloud: Cloud) -> str:
    """The addresses that CloudFront comes from, as the id of AWS's own list in this region."""
    found = cloud.client("ec2").describe_managed_prefix_lists(
        Filters=[{"Name": "prefix-list-name", "Values": [PREFIX_LIST]}]
    )["PrefixLists"]
    if not found:
        raise CloudProblem(f"The region {cloud.region} has no list of CloudFront's addresses. Take another region.")
    return str(found[0]["PrefixListId"])


@dataclass(slots=True)
class Deployment:
    """Brings the shop's stacks to a goal. `standing` is kept up to date by every step."""

    cloud: Cloud
    templates: Templates
    screen: Screen
    goal: Goal
    artefacts: Artefacts | None
    """None: the code stays as it is, in a pause or a resume."""
    standing: dict[Role, Stack | None] = field(default_factory=dict)

    def plan(self) -> Plan:
        """What `run` would do. Change sets are made for it and withdrawn; CloudProblem if it would lose data."""
        self.settle()
        stacks = [self._plan_of(role) for role in ROLES if role != "edge" or self.goal.options.wants_edge]
        edge = self.standing.get("edge")
        if edge is not None and not self.goal.options.wants_edge:
            held = [Change(Kind.REMOVED, one[0], one[1]) for one in self._stacks("edge").resources(edge)]
            stacks.append(StackPlan(edge.name, self.cloud.region_of("edge"), "deleted", tuple(held)))
        plan = Plan(tuple(stacks), builds_image=self._needs_image())
        plan.check()
        return plan

    def run(self) -> str:
        """Carries it out. The shop's address. CloudProblem or StackFailed at the first step that does not work out."""
        self.settle()
        self.apply("release")
        self._ship()
        self._adopt_url()
        self.apply("data")
        upload_closed_page(self.cloud, self._bucket(), self.goal.options)
        if self.goal.options.wants_edge:
            self._apply_edge_before()
        if self.goal.options.profile == "fargate":
            # As early as this, since a new role takes a moment to be known everywhere.
            make_linked_roles(self.cloud)
        if self._is_first_without_domain():
            self.apply("service", state="paused")
            self._adopt_url()
            self.apply("data")
        self.apply("service")
        self._finish_edge()
        return self.url

    @property
    def url(self) -> str:
        """The shop's address as far as it is known."""
        return url_of(self.goal, self.standing)

    def settle(self) -> None:
        """Waits for what is at work already, mends what was left half done, and looks anew."""
        self.standing = survey(self.cloud)
        for role in ROLES:
            stack = self.standing[role]
            if stack is None:
                continue
            stacks = self._stacks(role)
            if stack.busy:
                self.screen.say(f"{stack.name} is being changed already; waiting for its end.")
                with self.screen.stack(stack.name, f"Stack {role}") as report:
                    stack = stacks.settle(stack, report)
            if stack.status == "UPDATE_ROLLBACK_FAILED":
                with self.screen.stack(stack.name, f"Stack {role}, back") as report:
                    stack = stacks.recover(stack, report)
            self.standing[role] = None if stack.status == "DELETE_COMPLETE" else stack

    def apply(self, role: Role, *, state: str | None = None) -> None:
        """Brings one stack to the goal; nothing happens if it is there."""
        self._clear_failed(role)
        goal = self.goal if state is None else replace(self.goal, state="paused")
        proposal = self._propose(role, goal)
        stacks = self._stacks(role)
        try:
            refuse_loss(self.cloud.stack_name(role), proposal.changes)
        except CloudProblem:
            stacks.withdraw(proposal)
            raise
        if proposal.id is not None:
            title = f"Stack {role}" + (" (paused, for its address)" if state else "")
            with self.screen.stack(proposal.stack, title) as report:
                stacks.execute(proposal, report)
        self.standing[role] = stacks.find(self.cloud.stack_name(role))

    def _stacks(self, role: Role) -> Stacks:
        return Stacks(self.cloud, self.cloud.region_of(role))

    def _blueprint(self, role: Role) -> Blueprint:
        return self.templates.of(role, self.goal.options.profile or "fargate")

    def _known(self, role: Role, goal: Goal) -> dict[str, str]:
        known = goal.known(self.standing, url_of(goal, self.standing))
        release = self.standing.get("release")
        if self.artefacts is not None:
            known |= self.artefacts.known(dict(release.outputs) if release else {})
        if role == "data":
            known |= {"DomainName": "", "HostedZoneId": ""} | dict(goal.mail)
        stack = self.standing.get(role)
        if role == "service" and (goal.new_origin_secret or stack is None or "OriginSecret" not in stack.parameters):
            known["OriginSecret"] = secrets.token_urlsafe(ORIGIN_SECRET_BYTES)
        return known

    def _tags(self, role: Role) -> Mapping[str, str]:
        tags = {SHOP_TAG: self.cloud.shop}
        if role == "edge":
            tags[WAF_TAG] = "on" if self.goal.options.waf else "off"
        return tags

    def _propose(self, role: Role, goal: Goal) -> Proposal:
        blueprint = self._blueprint(role)
        release = self.standing.get("release")
        # The first stack holds the bucket that longer templates go through, so it must do without.
        bucket = release.outputs.get("CodeBucket") if release else None
        given = parameters(blueprint, self._known(role, goal), self.standing.get(role))
        template = sent_template(self.cloud, blueprint, bucket)
        return self._stacks(role).propose(self.cloud.stack_name(role), template, given, self._tags(role))

    def _plan_of(self, role: Role) -> StackPlan:
        name, region = self.cloud.stack_name(role), self.cloud.region_of(role)
        stack = self.standing.get(role)
        if stack is None or stack.status in FAILED_CREATE:
            known = self._known(role, self.goal)
            made = self._blueprint(role).resources(known, region)
            changes = tuple(Change(Kind.ADDED, one, kind) for one, kind in made.items())
            return StackPlan(name, region, "new" if stack is None else "again", changes)
        proposal = self._propose(role, self.goal)
        self._stacks(role).withdraw(proposal)
        return StackPlan(name, region, "changed" if proposal.id else "same", proposal.changes)

    def _needs_image(self) -> bool:
        if self.artefacts is None or not self.artefacts.image_tag:
            return False
        release = self.standing.get("release")
        if release is None or "RepositoryName" not in release.outputs:
            return True
        return not has_image(self.cloud, release.outputs["RepositoryName"], self.artefacts.image_tag)

    def _ship(self) -> None:
        release = self.standing["release"]
        assert release is not None
        if self.artefacts is None:
            return
        for artefact in (self.artefacts.mail, self.artefacts.web):
            if artefact is not None:
                upload(self.cloud, release.outputs["CodeBucket"], artefact)
        if self._needs_image():
            with self.screen.bar("Image, built by AWS") as report:
                build_image(self.cloud, dict(release.outputs), self.artefacts, report)

    def _adopt_url(self) -> None:
        """Looks at the service once more, since its address may be known by now."""
        self._clear_failed("service")
        self.standing["service"] = self._stacks("service").find(self.cloud.stack_name("service"))

    def _bucket(self) -> str:
        data = self.standing["data"]
        assert data is not None
        return data.outputs["ImagesBucket"]

    def _is_first_without_domain(self) -> bool:
        return url_of(self.goal, self.standing) == ADDRESS_FOLLOWS

    def _apply_edge_before(self) -> None:
        """What the service will use must be there before; what it uses still must not go before."""
        edge = self.standing.get("edge")
        taken_away = edge is not None and edge.parameters.get("Waf") == "on" and not self._waf_on()
        if not taken_away:
            self.apply("edge")

    def _finish_edge(self) -> None:
        if self.goal.options.wants_edge:
            self.apply("edge")
            return
        edge = self.standing.get("edge")
        if edge is not None:
            with self.screen.stack(edge.name, "Stack edge, deleted") as report:
                self._stacks("edge").delete(edge, report)
            self.standing["edge"] = None

    def _waf_on(self) -> bool:
        return bool(self.goal.options.waf) and self.goal.state == "running"

    def _clear_failed(self, role: Role) -> None:
        """A stack that never stood is deleted with what it has left behind, so that it can be made."""
        stack = self.standing.get(role)
        if stack is None or stack.status not in {*FAILED_CREATE, "DELETE_FAILED"}:
            return
        if stack.status == "DELETE_FAILED" and role == "data":
            raise CloudProblem(
                f"The stack {stack.name} was being deleted and that broke off. End it with `xpressbuy cloud destroy`; "
                "then deploy a new shop."
            )
        stacks = self._stacks(role)
        clear_leftovers(self.cloud, stacks.skipped(stack), self.screen)
        with self.screen.stack(stack.name, f"Stack {role}, failed try removed") as report:
            stacks.delete(stack, report)
        self.standing[role] = None


def prepare(
    cloud: Cloud,
    said: Options,
    templates: Path,
    screen: Screen,
    *,
    new_origin_secret: bool = False,
    rebuild: bool = False,
) -> Deployment:
    """A deployment from what was said and what the stacks remember. CloudProblem for what AWS would refuse later."""
    cloud.account_id()  # Without credentials nothing below makes sense, and this is the quickest way to know.
    standing = survey(cloud)
    options = said.over(remembered(standing))
    options = replace(options, profile=options.profile or "fargate")
    options.check()
    with screen.bar("Code, made on this machine"):
        platform: Platform = "local" if options.environment == "local" else "aws-arm64"
        artefacts = make_artefacts(options.profile or "fargate", options.locale or "en_US", platform)
    service = standing["service"]
    runs = service.parameters.get("ImageUri", "") if service else ""
    artefacts = artefacts.built_anew(cloud.clock.now()) if rebuild else artefacts.as_it_runs(runs)
    facts = {"CloudFrontPrefixList": prefix_list(cloud)} if options.profile == "fargate" else {}
    mail = mail_parameters(cloud, options, standing["data"])
    goal = Goal(cloud.shop, options, goal_state(standing["service"]), facts, new_origin_secret, mail)
    return Deployment(cloud, Templates(templates), screen, goal, artefacts)
