"""People: signing up, signing in, sessions, profiles, addresses. Holds no cart and no order."""
