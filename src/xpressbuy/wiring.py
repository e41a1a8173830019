"""Builds the whole shop from its settings: the only place that picks implementations and makes clients."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError

from xpressbuy.accounts.service import Accounts
from xpressbuy.accounts.store import AccountStore
from xpressbuy.aws.identity import Identity, IdentityConfig
from xpressbuy.aws.objects import Objects
from xpressbuy.aws.secrets import SecretsUnread, read_client_secret, read_secret
from xpressbuy.aws.signed import Key, Place, role_key
from xpressbuy.aws.snapshots import SnapshotObject
from xpressbuy.cart.service import CartService
from xpressbuy.cart.store import Carts
from xpressbuy.catalog.service import Catalog, CatalogEditor, Importer
from xpressbuy.catalog.service.keeper import Keeper
from xpressbuy.catalog.store import CatalogStore
from xpressbuy.catalog.store.snapshot import KEY as SNAPSHOT_KEY
from xpressbuy.checkout.service import Checkout
from xpressbuy.checkout.store import Checkouts
from xpressbuy.http.cookies import CookieBox
from xpressbuy.kit.clock import Clock, SystemClock
from xpressbuy.kit.ids import CustomerId, Ids
from xpressbuy.media.service import PictureLibrary
from xpressbuy.orders.service import OrderService
from xpressbuy.orders.store import Orders
from xpressbuy.reviews.service import Reviews
from xpressbuy.reviews.store import ReviewStore
from xpressbuy.search.service import EditWords, Search
from xpressbuy.settings import Settings
from xpressbuy.shipping.service import Shipping
from xpressbuy.table.client import Table
from xpressbuy.table.cursor import Cursors
from xpressbuy.table.transport import Transport, make_client

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

    from xpressbuy.notifications.service import OrderMails

OBJECT_CONNECT_SECONDS_MAX = 1.0
OBJECT_READ_SECONDS_MAX = 5.0
OBJECT_ATTEMPTS_MAX = 3


@dataclass(frozen=True, slots=True)
class Shop:
    """Every service of the shop, wired. `start` fills its memory, `stop` ends its tasks and connections."""

    settings: Settings
    clock: Clock
    ids: Ids
    table: Table
    transport: Transport
    box: CookieBox
    objects: Objects
    pictures: PictureLibrary
    identity: Identity
    accounts: Accounts
    catalog: Catalog
    editor: CatalogEditor
    importer: Importer
    search: Search
    reviews: Reviews
    shipping: Shipping
    carts: CartService
    orders: OrderService
    checkout: Checkout

    async def start(self, *, follow: bool = True) -> None:
        """Loads the catalogue and the token keys. Raises if the table cannot be read; Cognito may be away.

        A process that sleeps between requests starts with `follow=False`: no background task, and keys when needed.
        """
        await self.catalog.start(follow=follow)
        self.search.start()
        await self.accounts.start(follow=follow)

    async def stop(self) -> None:
        """Ends the background tasks and closes the connections."""
        await self.accounts.stop()
        await self.catalog.stop()
        await self.transport.close()

    @property
    def mails(self) -> OrderMails:
        """The order mails, made when asked for: serving needs neither them nor the SDK that sends them."""
        from xpressbuy.notifications.service import build_order_mails  # noqa: PLC0415
        from xpressbuy.notifications.store import Mails  # noqa: PLC0415

        orders = Orders(self.table)
        return build_order_mails(self.settings, mails=Mails(self.table), orders=orders, clock=self.clock, ids=self.ids)

    @property
    def ready(self) -> bool:
        """Whether the catalogue and the token keys are loaded."""
        return self.catalog.ready and self.accounts.ready


def complete_settings(settings: Settings) -> Settings:
    """These settings with the secrets that AWS keeps for them. What is set already stays and is not asked for.

    Blocks for two calls at most, side by side. SecretsUnread, whose text is for the log, if one is refused or unusable.
    """
    place = place_of(settings)
    wanted: dict[str, Callable[[], object]] = {}
    if settings.secret_id and not settings.cookie_keys:
        wanted["cookie_keys"] = lambda: read_secret(place, settings.secret_id).get("cookie_keys", "")
    if settings.user_pool_client_id and not settings.user_pool_client_secret.get_secret_value():
        wanted["user_pool_client_secret"] = lambda: read_client_secret(
            place, settings.user_pool_id, settings.user_pool_client_id
        )
    if not wanted:
        return settings
    with ThreadPoolExecutor(len(wanted)) as threads:
        answers = {name: threads.submit(read) for name, read in wanted.items()}
        found = {name: answer.result() for name, answer in answers.items()}
    try:
        completed = Settings.model_validate({**dict(settings), **found})
    except ValidationError as error:
        raise SecretsUnread(
            f"The secret {settings.secret_id} cannot be used: cookie_keys are one or two keys of 32 bytes in base64."
        ) from error
    if settings.secret_id and not completed.cookie_keys:
        raise SecretsUnread(f"The secret {settings.secret_id} has no cookie_keys. Add them, newest first.")
    return completed


def place_of(settings: Settings) -> Place:
    """AWS for the calls that a start needs: with the key of the environment, as functions have one, or of the role."""
    if not settings.aws_access_key_id:
        return Place(settings.aws_region, settings.aws_endpoint_url, role_key())
    key = Key(
        settings.aws_access_key_id,
        settings.aws_secret_access_key.get_secret_value(),
        settings.aws_session_token.get_secret_value(),
    )
    return Place(settings.aws_region, settings.aws_endpoint_url, lambda: key)


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> Shop:
    """The shop of these settings. Opens no connection and reads nothing yet."""
    clock = clock or SystemClock()
    ids = Ids(clock, random_bytes)
    transport = Transport(seconds_max=settings.dynamodb_seconds_max)
    table = build_table(settings, transport)
    cursors = Cursors(settings.secret_keys())
    catalog_store = CatalogStore(table)
    catalog = Catalog(
        catalog_store, clock, ids, poll_seconds=settings.feed_poll_seconds, keeper=_keeper(settings, clock)
    )
    editor = CatalogEditor(catalog_store, table.commit, clock, ids, currency=settings.currency)
    objects = build_objects(settings)
    pictures = PictureLibrary(objects)
    shipping = Shipping(clock, currency=settings.currency, home=settings.country)
    carts = CartService(Carts(table), catalog, table.commit, clock, ids, settings.currency)
    orders = OrderService(Orders(table), cursors)
    identity = Identity(_identity_config(settings))
    return Shop(
        settings=settings,
        clock=clock,
        ids=ids,
        table=table,
        transport=transport,
        box=CookieBox(settings.secret_keys(), ids.random),
        objects=objects,
        pictures=pictures,
        identity=identity,
        accounts=_accounts(settings, identity=identity, table=table, carts=carts, clock=clock, ids=ids),
        catalog=catalog,
        editor=editor,
        importer=Importer(catalog_store, editor, clock, ids, pictures=pictures),
        search=Search(catalog, cursors, EditWords(settings.edit_title, settings.edit_text)),
        reviews=Reviews(
            catalog,
            ReviewStore(table),
            commit=table.commit,
            cursors=cursors,
            clock=clock,
            ids=ids,
            has_bought=orders.has_bought,
        ),
        shipping=shipping,
        carts=carts,
        orders=orders,
        checkout=Checkout(
            Checkouts(table),
            catalog=catalog,
            carts=carts,
            orders=orders,
            shipping=shipping,
            commit=table.commit,
            clock=clock,
            ids=ids,
            currency=settings.currency,
            locale=settings.locale,
        ),
    )


def _keeper(settings: Settings, clock: Clock) -> Keeper | None:
    if not settings.keeps_snapshots:
        return None
    storage = SnapshotObject(place_of(settings), settings.images_bucket, SNAPSHOT_KEY)
    return Keeper(storage, settings.table_name, clock)


def _accounts(
    settings: Settings, *, identity: Identity, table: Table, carts: CartService, clock: Clock, ids: Ids
) -> Accounts:
    return Accounts.build(
        identity=identity,
        store=AccountStore(table),
        issuer=settings.issuer,
        client_id=settings.user_pool_client_id,
        clock=clock,
        ids=ids,
        on_sign_in=_merge_carts(carts),
    )


def build_table(settings: Settings, transport: Transport) -> Table:
    """The table of these settings over a transport that the caller closes."""
    client = make_client(
        transport, region=settings.aws_region, endpoint=settings.dynamodb_endpoint, access_key=settings.access_key
    )
    return Table(client, settings.table_name)


def build_objects(settings: Settings) -> Objects:
    """The bucket of the pictures. Its client is made for the first call."""
    return Objects(partial(_objects_client, settings), settings.images_bucket)


def _objects_client(settings: Settings) -> S3Client:
    # Loading the SDK takes longer than loading the rest of the shop, and a process that only serves never needs it.
    import boto3  # noqa: PLC0415
    from botocore.config import Config  # noqa: PLC0415

    key = settings.access_key
    return boto3.client(
        "s3",
        region_name=settings.aws_region,
        endpoint_url=settings.aws_endpoint_url,
        aws_access_key_id=key[0] if key else None,
        aws_secret_access_key=key[1] if key else None,
        config=Config(
            connect_timeout=OBJECT_CONNECT_SECONDS_MAX,
            read_timeout=OBJECT_READ_SECONDS_MAX,
            retries={"total_max_attempts": OBJECT_ATTEMPTS_MAX, "mode": "standard"},
            s3={"addressing_style": "path"} if settings.aws_endpoint_url else None,
        ),
    )


def _identity_config(settings: Settings) -> IdentityConfig:
    return IdentityConfig(
        region=settings.aws_region,
        endpoint_url=settings.aws_endpoint_url,
        domain_url=settings.identity_url,
        jwks_url=settings.jwks_url or f"{settings.issuer}/.well-known/jwks.json",
        client_id=settings.user_pool_client_id,
        client_secret=settings.user_pool_client_secret.get_secret_value(),
        public_url=settings.public_url,
    )


def _merge_carts(carts: CartService) -> Callable[[CustomerId | None, CustomerId], Awaitable[None]]:
    async def merge(guest_id: CustomerId | None, customer_id: CustomerId) -> None:
        if guest_id is not None:
            await carts.merge(guest_id, customer_id)

    return merge
