"""Reviews of clothes, shoes and accessories: author, stars, title, text. An author ending in '?' did not buy here."""
# ruff: noqa: E501 - a review is one line, as people write them.

# fmt: off
WEAR: dict[str, tuple[tuple[str, int, str, str], ...]] = {
    "everyday-crew-tee": (
        ("Maren K.", 5, "Keeps its shape", "Eight washes in and the collar is still flat. Bought a second one in sage."),
        ("Tom", 4, "Good weight", "Not see-through, not hot. A touch long on me at 172 cm."),
        ("Priya S.", 5, "My default tee now", "I stopped thinking about which tee to put on. Indigo goes with everything."),
        ("Jonas", 3, "Fine, runs slim", "Cloth is nice but the sleeves are narrow. Size up if you lift."),
        ("Aoife M.", 5, "", "Soft from the start and no shrinking."),
        ("L. Ferrer", 4, "Nearly perfect", "Would love a heavier version. Colour is exactly as pictured."),
        ("Dev", 5, "Third order", "Third one. Same fit every time, which is all I ask."),
        ("Hanna", 2, "Hole after a month", "Small hole near the hem after four weeks. They replaced it without a fuss, hence two stars and not one."),
    ),
    "breton-pocket-tee": (
        ("Camille", 5, "Proper stripes", "The stripes meet at the side seam. Somebody cared."),
        ("Rob H.", 4, "Heavier than expected", "Great for autumn, a bit warm in July."),
        ("Ines", 5, "Lovely", "The butter one is warmer in real life, in a good way."),
        ("Kit?", 3, "Pocket sits low", "Saw it at a friend's. Nice shirt, the pocket could sit higher."),
        ("Marta W.", 5, "", "Wear it twice a week. Washes well."),
    ),
    "boxy-pocket-tee": (
        ("Sam O.", 4, "Boxy means boxy", "Went down a size and it's right."),
        ("Ravi", 5, "Dense cotton", "Feels like the tees my father kept for twenty years."),
        ("Elin", 4, "", "Good shape with high trousers."),
    ),
    "half-and-half-long-tee": (
        ("Noor", 5, "Compliments", "Two strangers asked me where it is from."),
        ("Peter", 3, "Nice but thin", "I expected thicker cloth for the price."),
    ),
    "pinstripe-oxford-shirt": (
        ("Grace L.", 5, "Collar behaves", "No buttons on the collar and it still sits. I don't know how."),
        ("Matthias", 4, "Soft by noon, true", "Crisp in the morning, comfortable after lunch, as they say."),
        ("Yusuf", 5, "Office shirt solved", "Bought two. Irons easily when damp."),
        ("Ana P.", 4, "Sleeves a bit long", "I roll them anyway."),
        ("Chris", 2, "Too short in the tail", "Comes untucked on me. I'm 190 cm, so maybe that's my fault."),
    ),
    "sprig-camp-shirt": (
        ("Leila", 5, "Holiday in a shirt", "Cool on hot days and doesn't crease badly in a bag."),
        ("Marco", 4, "Print is subtle", "From far it's dots, from near it's leaves. I like that."),
        ("J. Okafor", 5, "", "Relaxed fit without looking like pyjamas."),
    ),
    "timber-check-overshirt": (
        ("Fiona", 5, "Lives on the hook by the door", "Use it as a jacket from March to May. Pockets take a phone and gloves."),
        ("Bastian", 4, "Warm", "Brushed inside and out. Bobbles a little under the arms."),
        ("Neil T.", 5, "Solid", "Buttons are sewn on properly. You notice."),
        ("Hye-jin", 4, "Good colours", "Rust is redder than my screen showed. Kept it."),
    ),
    "loopback-hoodie": (
        ("Owen", 5, "A real hood", "Covers my head without strangling me. Heavy in the right way."),
        ("Zoë", 5, "Better with washing", "Ten washes and it has only got softer."),
        ("Karin B.", 4, "Sage is beautiful", "Muted green, not minty. Cuffs a little tight."),
        ("Imran", 4, "Warm and plain", "No logo, thank you."),
        ("Paul", 1, "Wrong size sent", "Ordered M, got S, and my size had sold out by then. Refunded, but disappointed."),
        ("Tess", 5, "", "My teenager stole it, so that's a review."),
        ("Anders", 3, "Cords too short", "Nice hoodie. The cords disappear into the hood in the wash."),
    ),
    "club-crew-sweatshirt": (
        ("Molly", 5, "Cheerful", "The navy ribs make it. Fits like the photo."),
        ("Gus", 4, "Good", "Felt mark is holding after five washes."),
        ("Renata", 4, "", "A little wide at the waist, which I wanted."),
    ),
    "harbour-cable-sweater": (
        ("Ingrid", 5, "Worth it", "It smells of wool and it is warm in wind. I wore it on a ferry in November and was the only smiling person on deck."),
        ("Declan", 5, "Heirloom stuff", "The seams are linked, not sewn over. Beautiful inside too."),
        ("Mei", 4, "Slightly itchy at the neck", "Fine over a shirt. Cables are crisp."),
        ("Sofia R.", 5, "", "Bought oat, then navy."),
        ("Alan?", 4, "Tried in a friend's size", "Borrowed one for a weekend. Saving up."),
        ("Beate", 5, "True to size", "M fits like an M. Sleeves long enough for once."),
    ),
    "fen-roll-neck": (
        ("Claire", 5, "No bulk", "Goes under a blazer without a lump."),
        ("Viktor", 4, "Fine knit, be careful", "Snagged it on a dog. Otherwise lovely."),
        ("Amara", 5, "Clay is a great colour", "Warm without shouting."),
        ("Lou", 3, "Collar loosens by evening", "Needs a wash to spring back."),
    ),
    "zigzag-jumper": (
        ("Theo", 5, "Loud and warm", "I own one loud thing and this is it."),
        ("Signe", 5, "Please restock", "Got the last S. My sister wants one too."),
        ("Hamid", 4, "Big", "Size down, it's generous."),
    ),
    "moor-cardigan": (
        ("Ruth", 5, "The one I lend out", "It comes back smelling of other people's houses. Still perfect."),
        ("Dmitri", 4, "Buttons are good", "Buttonholes were stiff for a week."),
    ),
    "yard-chore-jacket": (
        ("Hugo", 5, "Stiff, then great", "Give it the month they ask for. It moulded to me."),
        ("Nadia", 4, "Pockets!", "Three pockets that each hold something real."),
        ("Bram", 5, "Fades beautifully", "Elbows are paler already and I like it."),
        ("Kelly", 3, "Short in the arms", "Body fits, arms 2 cm short."),
        ("Oskar", 5, "", "Second one in ten months, first went to my dad."),
    ),
    "drift-puffer": (
        ("Yara", 5, "Light", "Packs to the size of a loaf."),
        ("Stefan", 4, "Warm to about zero", "Below that you want a layer. Honest description about rain too."),
        ("Mina", 4, "Sunny", "Mustard makes November better."),
        ("Frank", 2, "Feathers", "Lost a few feathers at the seams in the first weeks. It has stopped."),
    ),
    "camel-car-coat": (
        ("Eleanor", 5, "My grown-up coat", "Hangs beautifully, pockets where your hands expect them."),
        ("Piotr", 4, "Needs a scarf", "The lapels open low. Lovely cloth."),
    ),
    "tapered-chino": (
        ("Will", 4, "Good fit", "The stretch is there when you sit and gone when you stand."),
        ("Arjun", 5, "Bought both", "Sand for day, navy for office."),
        ("Mads", 3, "Creases quickly", "Looks slept in by four. Comfortable though."),
        ("Tim R.", 4, "", "Length 32 is a true 32."),
    ),
    "straight-washed-jean": (
        ("Dana", 5, "Finally straight", "Not skinny, not wide. Straight, as it says."),
        ("Luca", 5, "Good denim", "Heavy enough, soft at the knees. Rivets feel solid."),
        ("Siobhan", 4, "Waist gapes a bit", "Fits hips well, belt needed."),
        ("Keanu", 4, "Wash is natural", "No silly whiskers."),
        ("Bo", 1, "Dye on my sofa", "They say wash first, I didn't. My pale sofa is now a little indigo."),
        ("Irene", 5, "", "Best jeans since I was twenty."),
    ),
    "wide-pleat-trousers": (
        ("Thandi", 5, "They float", "The drape is perfect, and no ironing."),
        ("Joanne", 4, "Long", "I'm 160 cm and had them hemmed."),
    ),
    "slack-tide-shorts": (
        ("Gabe", 4, "Easy", "Dry in an hour in the sun."),
        ("Nils", 5, "Lived in them", "Two weeks, one pair of shorts."),
    ),
    "pleated-midi-skirt": (
        ("Odile", 5, "Swings", "Turns heads when I turn. Pleats survived the machine."),
        ("Farah", 4, "Waist generous", "Elastic is kind. Length is perfect for boots."),
        ("Cate", 5, "", "Pine is deep and rich."),
        ("Mirja", 3, "Static with tights", "Wear a slip under it."),
    ),
    "button-front-skirt": (
        ("Bea", 5, "Pockets, real ones", "And buttons that open. What a world."),
        ("Lina", 4, "Nice cord", "Marks a little where you sit, brushes out."),
    ),
    "juniper-wrap-dress": (
        ("Helen", 5, "Stays shut", "A wrap that doesn't need a safety pin."),
        ("Chiara", 5, "Wedding guest dress", "Danced till two in it."),
        ("Ngozi", 4, "Sleeves flutter", "Slightly shorter sleeves than expected, still lovely."),
        ("Pam", 4, "", "The plum is darker than I thought, I like it more."),
        ("Greta", 2, "Not for tall people", "Too short on me at 182 cm. Returned, quick refund."),
    ),
    "slip-dress": (
        ("Sunniva", 5, "Liquid", "Moves like water."),
        ("Roos", 4, "Straps adjust well", "Cold wash only, mind."),
    ),
    "court-low-sneaker": (
        ("Ben", 5, "Clean lines", "Comfortable from the first hour. No blisters."),
        ("Alicia", 4, "Stiff heel for two days", "Then perfect."),
        ("Jorge", 5, "Wipes clean", "Six weeks of city and they look new."),
        ("Emma", 4, "", "Went half a size up as advised. Right advice."),
        ("Rik", 3, "White laces get grey", "Shoe is great, laces less so."),
    ),
    "pier-high-top": (
        ("Suki", 5, "Classic", "Toe cap is tough, canvas is thick."),
        ("Liam", 4, "Long laces", "I wrap them once round the ankle."),
        ("Vera", 5, "Oat is lovely", "Goes with every skirt I own."),
    ),
    "lap-runner": (
        ("Aled", 4, "Quiet", "My knees noticed. Good for up to ten kilometres."),
        ("Joy", 5, "Light and airy", "Feet stay dry."),
        ("Hans", 2, "Wore through at the toe", "Four months of running and a hole in the mesh."),
    ),
    "fell-chelsea-boot": (
        ("Morag", 5, "Resoled already", "Two winters, one resole, leather better than new."),
        ("Etienne", 5, "On and off", "Pull loop is strong. Elastic is still tight."),
        ("Wanda", 4, "Wear thick socks", "Roomy otherwise."),
        ("Saul", 4, "", "Takes wax well."),
    ),
    "quarry-lace-boot": (
        ("Ester", 4, "Runs large, as they say", "Half a size down fits."),
        ("Nick", 5, "Broke in within a week", "Crepe sole is quiet and grippy."),
    ),
    "penny-loafer": (
        ("Arthur", 4, "Narrow", "Beautiful. Half a size up, listen to them."),
        ("Salma", 5, "Worn with everything", "Jeans, suit, dress."),
        ("Kai", 5, "", "Stitching is very even."),
    ),
    "cork-clog": (
        ("Bridget", 5, "Postman shoes", "For the bin, the post and, honestly, the supermarket."),
        ("Ole", 4, "Takes a week", "The cork needs time, then it's yours."),
        ("Mila", 5, "Comfort", "My feet are happy."),
    ),
    "sunrise-tote": (
        ("Tilda", 5, "Heavy canvas", "Stands up by itself when empty."),
        ("Raj", 4, "Handles dig a bit when full", "But I carry too much."),
        ("Coco?", 5, "Saw it on the tram", "Asked the owner, came here."),
    ),
    "ridge-rucksack": (
        ("Gareth", 5, "Rain beads off", "Cycled through a storm, laptop dry."),
        ("Paula", 5, "Magnets under the buckles", "Looks fiddly, opens with one hand."),
        ("Isak", 4, "Heavy when empty", "Worth it for how it ages."),
        ("Min-jun", 4, "", "Front pocket could use a divider."),
    ),
    "commuter-roll-pack": (
        ("Dora", 5, "Every day for a year", "No frays, no leaks."),
        ("Felix", 4, "Strap is long", "I tucked the end in."),
        ("Anouk", 3, "Stiff at first", "Softens after a few weeks."),
    ),
    "clasp-satchel": (
        ("Margaux", 5, "Smells wonderful", "And the clasp closes with a good sound."),
        ("Judith", 5, "Already darker", "Three months and it has a glow."),
        ("Abel", 4, "Smaller than I imagined", "Measure first. Fits a paperback and a small tablet."),
        ("Rosa", 5, "", "A bag for twenty years."),
    ),
    "fold-wallet": (
        ("Conor", 5, "Thin", "Sits flat in the front pocket."),
        ("Diego", 4, "Tight with six cards", "Loosened after a month."),
        ("Ulla", 5, "A good gift", "My husband noticed, which is rare."),
    ),
    "saddle-belt": (
        ("Magnus", 5, "Thick and honest", "Smells like a tack room."),
        ("Jean", 4, "Stiff to begin with", "Of course it is."),
    ),
    "crossed-cap": (
        ("Lottie", 4, "Sits well", "Deep enough for my head, finally."),
        ("Omar", 5, "Nice mark", "Small, plain, no slogan."),
        ("Jess", 4, "", "Brim keeps its curve."),
    ),
    "dock-beanie": (
        ("Pia", 5, "Not itchy", "Merino on the inside, as promised."),
        ("Ewan", 4, "Snug", "Large heads beware."),
        ("Tor", 5, "", "Lost it, bought it again."),
    ),
    "glen-check-scarf": (
        ("Agnes", 5, "A blanket on the train", "Exactly as they say."),
        ("Hector", 5, "Soft", "And long enough for two turns."),
        ("Mary", 4, "Sheds a little", "First two wears only."),
    ),
    "half-stripe-socks": (
        ("Jan", 5, "No seam", "My toes thank you."),
        ("Lucia", 4, "Fun", "Colour held at 40 °C."),
        ("Pete", 3, "Slide down in boots", "Fine in shoes."),
    ),
    "meridian-watch": (
        ("Viola", 5, "Calm dial", "Easy to read in one glance."),
        ("Simon", 4, "Strap change is quick", "Would like a date, but then it wouldn't be this."),
    ),
    "brow-sunglasses": (
        ("Nell", 4, "Sturdy", "Hinges are firm. Colours look true through them."),
        ("Andre", 5, "Good case too", "Polarised works on the road."),
    ),
}
