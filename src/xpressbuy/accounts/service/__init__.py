"""People at work: tokens read, sessions kept, sign-ins finished, profiles changed. One `Accounts` a process."""

from __future__ import annotations

from dataclasses import dataclass

from xpressbuy.accounts.model.token import TokenRules
from xpressbuy.accounts.service.enrolment import EVEN_SECONDS, Enrolment
from xpressbuy.accounts.service.keyring import KeyRing
from xpressbuy.accounts.service.limits import Limits, Rate
from xpressbuy.accounts.service.profiles import Profiles
from xpressbuy.accounts.service.renewal import Renewals
from xpressbuy.accounts.service.sessions import Opened, Sessions
from xpressbuy.accounts.service.sign_in import Attempt, OnSignIn, SignedIn, SignIn, SignInFailed
from xpressbuy.accounts.service.standing import Standings
from xpressbuy.accounts.service.tokens import TokenReader
from xpressbuy.accounts.store import AccountStore
from xpressbuy.aws.identity import Identity
from xpressbuy.kit.clock import Clock
from xpressbuy.kit.ids import CustomerId, Ids

__all__ = ["Accounts", "Attempt", "Limits", "OnSignIn", "Opened", "Rate", "SignInFailed", "SignedIn"]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The module's services, built once."""

    identity: Identity
    keys: KeyRing
    sessions: Sessions
    sign_in: SignIn
    enrolment: Enrolment
    profiles: Profiles
    standings: Standings

    @classmethod
    def build(
        cls,
        *,
        identity: Identity,
        store: AccountStore,
        issuer: str,
        client_id: str,
        clock: Clock,
        ids: Ids,
        on_sign_in: OnSignIn,
        limits: Limits | None = None,
        even_seconds: float = EVEN_SECONDS,
    ) -> Accounts:
        """`issuer` is compared letter by letter; `on_sign_in` must bear being told twice."""
        keys = KeyRing(identity.fetch_keys)
        tokens = TokenReader(keys, TokenRules((issuer,), client_id), clock)
        standings = Standings(store.sessions, clock)
        renewals = Renewals(identity, store.sessions, clock, ids)
        return cls(
            identity=identity,
            keys=keys,
            sessions=Sessions(identity, tokens, renewals, standings, clock),
            sign_in=SignIn(
                identity=identity,
                tokens=tokens,
                standings=standings,
                people=store.people,
                clock=clock,
                ids=ids,
                on_sign_in=on_sign_in,
            ),
            enrolment=Enrolment(identity, store.people, standings, limits or Limits(), even_seconds=even_seconds),
            profiles=Profiles(store, standings, clock, ids),
            standings=standings,
        )

    @property
    def ready(self) -> bool:
        """Whether tokens can be verified."""
        return self.keys.ready

    async def start(self, *, follow: bool = True) -> None:
        """Opens connections and loads the keys, or with `follow=False` leaves that to the first token.

        Never fails because the provider is away.
        """
        await self.identity.start()
        await self.keys.start(follow=follow)

    async def stop(self) -> None:
        await self.keys.stop()
        await self.identity.close()

    async def end_all_sessions(self, customer_id: CustomerId) -> None:
        """Signed out everywhere, within a minute."""
        await self.standings.end_all(customer_id)
