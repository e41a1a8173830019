"""Pictures: upload permission, renditions and their addresses. No product and no page is known here."""
