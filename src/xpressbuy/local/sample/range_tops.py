"""T-shirts, shirts, sweatshirts, knitwear and jackets of the sample range; texts and measures, no logic."""

from xpressbuy.local.sample.item import CLOTHING_SIZES, Item

TOPS: tuple[Item, ...] = (
    Item(
        "everyday-crew-tee",
        "Everyday crew tee",
        "Norrby",
        "The tee you reach for without thinking. Midweight combed cotton, washed once so it won't shrink on you, with a collar that stays flat.",
        (
            "100% combed organic cotton, 190 g/m²",
            "Regular fit; take your usual size",
            "Ribbed collar with a taped neck seam",
            "Machine wash at 30 °C, line dry",
        ),
        "t-shirts",
        "tee",
        {"Indigo": "Oat", "Chalk": "Ink", "Sage": "Oat", "Clay": "Oat", "Ink": "Oat"},
        "28.00",
        "NB-TEE",
        sizes=CLOTHING_SIZES,
        tags=("organic", "basics"),
        weight=190,
    ),
    Item(
        "breton-pocket-tee",
        "Breton pocket tee",
        "Anse & Quay",
        "A striped tee with a chest pocket, knitted a little heavier than most so the stripes keep straight. Wear it untucked.",
        (
            "100% cotton jersey, 220 g/m²",
            "Straight fit; between sizes, take the smaller",
            "Yarn-dyed stripes that won't fade apart",
            "Machine wash at 30 °C with like colours",
        ),
        "t-shirts",
        "tee",
        {"Chalk": "Navy", "Butter": "Rust", "Navy": "Chalk"},
        "36.00",
        "AQ-BRET",
        pattern="stripe",
        features=("pocket",),
        sizes=CLOTHING_SIZES,
        tags=("stripes",),
        weight=220,
        stock={"Chalk/M": 3, "Navy/XS": 0},
    ),
)
