"""Signing up and forgotten passwords, as pages of the shop's own send them. Answers are alike for every address."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from xpressbuy.accounts.schemas import Confirmation, EmailOnly, PasswordReset, SignUp
from xpressbuy.accounts.service import Accounts
from xpressbuy.http.strict import StrictRoute

ClientAddress = Callable[[Request], str]


def peer(request: Request) -> str:
    """The other end of the connection; behind a load balancer that is the load balancer."""
    return request.client.host if request.client is not None else ""


def enrolment_router(accounts: Accounts, client_address: ClientAddress) -> APIRouter:
    """`/api/auth`."""
    router = APIRouter(prefix="/api/auth", tags=["auth"], route_class=StrictRoute)
    enrolment = accounts.enrolment

    @router.post("/sign-up", status_code=202, response_class=Response)
    async def sign_up(request: Request, body: SignUp) -> None:
        """A new account. A code goes to the address; a known address gets no second account and no other answer."""
        client = client_address(request)
        await enrolment.sign_up(client, body.email, body.password.get_secret_value(), body.name)

    @router.post("/confirm", status_code=204)
    async def confirm(request: Request, body: Confirmation) -> None:
        """The code from the mail opens the account."""
        await enrolment.confirm(client_address(request), body.email, body.code)

    @router.post("/resend", status_code=202, response_class=Response)
    async def resend(request: Request, body: EmailOnly) -> None:
        """Another code for an account that is not confirmed."""
        await enrolment.resend(client_address(request), body.email)

    @router.post("/forgot-password", status_code=202, response_class=Response)
    async def forgot_password(request: Request, body: EmailOnly) -> None:
        """A code to choose a new password with."""
        await enrolment.forgot_password(client_address(request), body.email)

    @router.post("/reset-password", status_code=204)
    async def reset_password(request: Request, body: PasswordReset) -> None:
        """A new password by code; every session of the account ends."""
        client = client_address(request)
        await enrolment.reset_password(client, body.email, body.code, body.password.get_secret_value())

    return router
