"""Reviews of clothes and shoes: author, stars, title, text. An author ending in '?' did not buy here."""

WEAR: dict[str, tuple[tuple[str, int, str, str], ...]] = {
    "everyday-crew-tee": (
        (
            "Maren K.",
            5,
            "Keeps its shape",
            "Eight washes in and the collar is still flat. Bought a second one in sage.",
        ),
        ("Tom", 4, "Good weight", "Not see-through, not hot. A touch long on me at 172 cm."),
    ),
}
