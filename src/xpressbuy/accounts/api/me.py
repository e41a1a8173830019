"""The signed-in customer's own things: profile, addresses, sessions. Whose they are is never a parameter."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from xpressbuy.accounts.api.session_cookies import SessionCookies
from xpressbuy.accounts.schemas import Address, AddressList, Me, MeChanges, SavedAddressInput
from xpressbuy.accounts.service import Accounts
from xpressbuy.http.request import SignedInActor, session_of
from xpressbuy.http.strict import StrictRoute
from xpressbuy.kit.errors import NotFound
from xpressbuy.kit.ids import AddressId, CustomerId, is_id

AddressIdPath = Annotated[str, Path(max_length=64)]


def me_router(accounts: Accounts, session_cookies: SessionCookies) -> APIRouter:
    """`/api/me`, and signing out everywhere."""
    router = APIRouter(tags=["me"], route_class=StrictRoute)
    profiles = accounts.profiles

    @router.get("/api/me")
    async def me(actor: SignedInActor) -> Me:
        """The profile."""
        return Me.of(await profiles.profile(actor))

    @router.patch("/api/me")
    async def change_me(actor: SignedInActor, body: MeChanges) -> Me:
        """Changes what is sent. 409 if the profile was changed meanwhile."""
        changes = {"name": body.name, "phone": body.phone}
        said = {field: text for field, text in changes.items() if text is not None}
        return Me.of(await profiles.change_profile(actor, said, body.version))

    @router.get("/api/me/addresses")
    async def addresses(actor: SignedInActor) -> AddressList:
        """The whole book, the default first."""
        return AddressList(items=[Address.of(address) for address in await profiles.addresses(actor)])

    @router.post("/api/me/addresses", status_code=201)
    async def add_address(actor: SignedInActor, body: SavedAddressInput) -> Address:
        """Adds one. The first becomes the default."""
        return Address.of(await profiles.add_address(actor, body.to_postal(), default=body.is_default))

    @router.put("/api/me/addresses/{address_id}")
    async def change_address(actor: SignedInActor, address_id: AddressIdPath, body: SavedAddressInput) -> Address:
        """Replaces one. 409 if it was changed meanwhile."""
        address = await profiles.change_address(
            actor, _parsed(address_id), body.to_postal(), default=body.is_default, version=body.version
        )
        return Address.of(address)

    @router.delete("/api/me/addresses/{address_id}", status_code=204)
    async def remove_address(actor: SignedInActor, address_id: AddressIdPath) -> None:
        """Removes one. The oldest that stays inherits the default."""
        await profiles.remove_address(actor, _parsed(address_id))

    @router.post("/api/auth/sign-out-everywhere", status_code=204, tags=["auth"])
    async def sign_out_everywhere(request: Request, actor: SignedInActor) -> None:
        """Ends every session of this customer, this one included."""
        await accounts.end_all_sessions(CustomerId(actor.customer_id or ""))
        session_of(request).set_cookies[:] = session_cookies.drop()

    return router


def _parsed(text: str) -> AddressId:
    if not is_id(text, "adr"):
        raise NotFound("address_not_found", "You have no such address.")
    return AddressId(text)
