"""People over HTTP: the session of every request, signing in and out, `/api/session`, `/api/auth`, `/api/me`."""

from xpressbuy.accounts.api.middleware import SessionMiddleware
from xpressbuy.accounts.api.routes import router

__all__ = ["SessionMiddleware", "router"]
