"""Reviews of things for home and desk: author, stars, title, text. An author ending in '?' did not buy here."""

# fmt: off
LIVING: dict[str, tuple[tuple[str, int, str, str], ...]] = {
    "speckle-mug": (
        ("Wren", 5, "The bare foot", "I keep running my thumb along the clay. Tea tastes better, don't argue."),
        ("Harriet", 5, "Bought four", "All slightly different, all good."),
        ("Kofi", 4, "Holds heat", "A bit heavy for my mother."),
        ("Lars", 5, "", "Dishwasher daily, no chips in a year."),
        ("Suzy", 2, "Arrived chipped", "Chip on the rim. A new one came three days later, free."),
        ("Marit", 4, "Bigger than it looks", "350 ml is generous."),
    ),
    "dipped-belly-mug": (
        ("Ottilie", 5, "Cosy", "Fits both hands in winter."),
        ("Reza", 4, "Handle for three fingers", "Accurate."),
        ("Fay", 4, "", "The dip line differs on each, which I like."),
    ),
    "short-coffee-cup": (
        ("Gianni", 5, "Correct", "Thick, small, hot. As it should be."),
        ("Maud", 4, "Biscuit fits", "Checked."),
    ),
    "nesting-bowls": (
        ("Petra", 5, "Used every day", "Soup, cereal, dough."),
        ("Chidi", 5, "Lovely colours", "The blue one in the middle is a nice surprise."),
        ("Ann", 4, "Heavy stack", "But they don't slide."),
    ),
    "fruit-bowl": (
        ("Carla", 5, "Lemons do look best", "The pale inside is clever."),
        ("Ivan", 4, "Big", "Thirty-two centimetres is a lot of table. Measure."),
    ),
    "everyday-plates": (
        ("Bjorn", 4, "Good rim", "No more sauce on the table."),
        ("Tara", 5, "Single plates, thank you", "Broke one, ordered one. Same glaze."),
        ("Ida", 3, "Scratch marks", "Knives leave grey lines on the white. They rub off with paste."),
    ),
    "linen-table-lamp": (
        ("Florence", 5, "One corner worth sitting in", "They wrote it, and it's true."),
        ("Amir", 4, "Warm light", "Shade came slightly tilted, easy to set right."),
        ("Dagny", 5, "", "The sea glaze changes with the daylight."),
    ),
    "morel-lamp": (
        ("Juno", 5, "Looks like a mushroom, in the best way", "The dimmer goes very low, good for a child's room."),
        ("Patrick", 5, "Colour is superb", "Vermilion is exactly the picture."),
        ("Selma", 4, "Short cable", "I'd like another half metre."),
        ("Ravn", 5, "", "Solid steel, doesn't wobble."),
        ("Lou?", 3, "Nice, dear", "Saw it in a café. Waiting for a sale."),
    ),
    "clerk-desk-lamp": (
        ("Moira", 5, "Stays put", "The joints hold where you leave them."),
        ("Jakob", 4, "Base is heavy", "Which is the point."),
    ),
    "gourd-vase": (
        ("Celeste", 5, "Good even empty", "It sits on the shelf and needs nothing."),
        ("Tomas", 4, "Narrow neck", "Three stems, as written. Hard to dry inside."),
        ("Ayla", 5, "", "Matt and soft to touch."),
    ),
    "terracotta-planter": (
        ("Robin", 5, "Proper pot", "Saucer included, drain hole included, hooray."),
        ("Yvette", 4, "Thick", "Survived frost on my balcony."),
        ("Bernd", 4, "", "The plant isn't included. I did read that."),
    ),
    "footed-planter": (
        ("Mona", 5, "Light under the plant", "Looks elegant with a snake plant."),
        ("Ezra", 4, "Sold out quickly", "Glad I bought two."),
    ),
    "cedar-jar-candle": (
        ("Ginny", 5, "Smoke and lemon", "Not sweet. Fills a room without taking it over."),
        ("Walter", 4, "Long burning", "About forty hours for me."),
        ("Noemi", 5, "Pen pot now", "As suggested."),
        ("Cliff", 3, "Faint", "I like stronger scents."),
    ),
    "windowpane-cushion": (
        ("Alba", 5, "Neat piping", "Corners are sharp, feather is full."),
        ("Sven", 4, "Flattens by evening", "Shake it, it comes back."),
    ),
    "fringe-lumbar-cushion": (
        ("Kaya", 5, "My back says thanks", "Right height for a reading chair."),
        ("Lorna", 4, "Fringe tangles", "Combed it with my fingers. Fine."),
    ),
    "stitch-cushion": (
        ("Emil", 5, "Heavy and soft", "Guests always touch it."),
        ("Jo", 4, "", "Cover shrank a touch at 30 °C, still fits."),
    ),
    "picnic-throw": (
        ("Catrin", 5, "Warm wool", "Lives on the sofa."),
        ("Alfie", 5, "Grass and sofa", "Shakes clean."),
        ("Dilara", 4, "A bit scratchy on bare legs", "Wool is wool."),
    ),
    "bath-towel-stack": (
        ("Oona", 4, "Dries at once", "True, no need for ten washes."),
        ("Gil", 5, "Good pair of colours", "Nice to tell whose is whose."),
        ("Petra L.", 3, "Lint", "First three washes leave lint. After that, good."),
    ),
    "daily-notebook": (
        ("Ari", 5, "No ghosts", "Fountain pen, both sides, no show-through."),
        ("Beth", 5, "Opens flat", "From page one."),
        ("Soren", 4, "Elastic loosens", "After five months. The paper is great."),
        ("Chloe", 5, "", "Dotted is faint enough to ignore."),
        ("Manu", 4, "Two ribbons", "One for today, one for the list."),
    ),
    "sprig-notebook-set": (
        ("Polly", 5, "Pocket size", "I finish one a month."),
        ("Egon", 4, "Pretty", "Covers scuff a bit, it suits them."),
    ),
    "spiral-field-pad": (
        ("Tove", 4, "Left-handed approved", "The wire really lies out of the way if you flip it."),
        ("Rhys", 5, "Hard back", "Wrote a whole survey standing in a field."),
    ),
    "resin-fountain-pen": (
        ("Edith", 5, "Forgiving nib", "My first fountain pen. I get it now."),
        ("Samir", 4, "Wetter than fine", "The fine writes like a medium. Smooth though."),
        ("Petra V.", 5, "A gift kept", "Bought it for a friend and then bought another one for her."),
    ),
    "click-pen": (
        ("Ned", 5, "That click", "I'm now the annoying one in meetings."),
        ("Ilse", 4, "Solid", "Lacquer shows keys' scratches after a while."),
    ),
    "drawing-pencils": (
        ("Mo", 5, "Smooth", "The 4B is lovely and dark."),
        ("Greer", 4, "", "They do not roll off the table. Tested."),
    ),
    "trail-bottle": (
        ("Bryn", 5, "Ice at the summit", "Still rattling after nine hours."),
        ("Anya", 5, "Loop is useful", "Clips to everything."),
        ("Colin", 4, "Dented", "Fell on rock. Still keeps cold."),
        ("Meera", 5, "", "No metal taste."),
        ("Uwe", 2, "Cap squeaks", "Mine squeaks when I open it. Silly thing to mind, but I do."),
    ),
    "desk-flask": (
        ("Lena", 4, "Cap is the cup", "Clever. Hot until three."),
        ("Ole M.", 5, "Fits the bike cage", "Just about."),
    ),
    "straw-tumbler": (
        ("Kim", 4, "No sweat", "Papers stay dry."),
        ("Tamsin", 3, "Lid could be tighter", "Don't put it in a bag."),
    ),
    "soft-headphones": (
        ("Ilya", 5, "Buttons", "Real buttons. I could cry."),
        ("Marie-Luise", 4, "Soft pads", "Eight hours of calls, no sore ears."),
        ("Ade", 5, "Battery swap", "Swapped it in five minutes, for fun."),
        ("Jonah", 3, "Bass is modest", "Clear, calm, but not for techno."),
    ),
    "shelf-speaker": (
        ("Bruno", 5, "Warm", "The second knob does what it says."),
        ("Sanne", 4, "Looks like furniture", "The right kind."),
        ("Otis", 4, "", "Would love a line in."),
    ),
    "pocket-tower-speaker": (
        ("Zadie", 5, "Rain was fine", "Forgot it in the garden overnight. Still plays."),
        ("Henk", 4, "Loud for its size", "Lacks low end outdoors."),
    ),
}
