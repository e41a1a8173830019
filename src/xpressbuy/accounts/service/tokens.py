"""Tokens read with the pool's keys as they are now. Decides nothing about sessions."""

from __future__ import annotations

from dataclasses import dataclass

from joserfc.jwk import RSAKey

from xpressbuy.accounts.model import token
from xpressbuy.accounts.model.token import AccessToken, IdToken, TokenRefused, TokenRules
from xpressbuy.accounts.service.keyring import KeyRing
from xpressbuy.kit.clock import Clock


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token and the ID token of the same person."""

    access: AccessToken
    identity: IdToken

    @property
    def expires_at(self) -> int:
        return min(self.access.expires_at, self.identity.expires_at)


class TokenReader:
    """TokenRefused for a token that is not good, KeysUnavailable when that cannot be known."""

    def __init__(self, keys: KeyRing, rules: TokenRules, clock: Clock) -> None:
        self._keys = keys
        self._rules = rules
        self._clock = clock

    async def access(self, text: str) -> AccessToken:
        return token.read_access(text, await self._key(text), self._rules, self._clock.now().timestamp())

    async def identity(self, text: str) -> IdToken:
        return token.read_id(text, await self._key(text), self._rules, self._clock.now().timestamp())

    async def pair(self, access_text: str, id_text: str) -> Pair:
        """Both, of one person; TokenRefused (`two_people`) if they are of two."""
        pair = Pair(await self.access(access_text), await self.identity(id_text))
        if pair.access.customer_id != pair.identity.customer_id:
            raise TokenRefused("two_people")
        return pair

    async def _key(self, text: str) -> RSAKey:
        key = await self._keys.find(token.kid_of(text))
        if key is None:
            raise TokenRefused("unknown_key")
        return key
