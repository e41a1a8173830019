"""The settings that every process of the shop gets, in a container and in a function alike."""

from __future__ import annotations

from infra.constructs.service_parameters import ShopFacts


def environment(facts: ShopFacts, *, role: str, trusted_proxies: int) -> dict[str, str]:
    """Setting -> value. `role` is the setting's own word: `web`, `api` or `all`. No value is a secret."""
    return {
        "XPRESSBUY_ROLE": role,
        "XPRESSBUY_PUBLIC_URL": facts.public_url,
        "XPRESSBUY_TRUSTED_PROXIES": str(trusted_proxies),
        "XPRESSBUY_TABLE_NAME": facts.table_name,
        "XPRESSBUY_IMAGES_BUCKET": facts.images_bucket,
        "XPRESSBUY_USER_POOL_ID": facts.user_pool_id,
        "XPRESSBUY_USER_POOL_CLIENT_ID": facts.user_pool_client_id,
        "XPRESSBUY_IDENTITY_URL": facts.identity_url,
        "XPRESSBUY_SECRET_ID": facts.secret_arn,
        "XPRESSBUY_SHOP_NAME": facts.title,
        "XPRESSBUY_SUPPORT_EMAIL": facts.support_email,
        "XPRESSBUY_MAIL_SENDER": facts.mail_sender,
        "XPRESSBUY_CURRENCY": facts.currency,
        "XPRESSBUY_COUNTRY": facts.country,
        "XPRESSBUY_LOCALE": facts.locale,
    }
