"""Each query meets documents that tell the readings of it apart; what MongoDB sent is read from its profiler."""

import json

from runner.kit import not_yet
from runner.kit.mongodb import documents

PEOPLE = ("Ana", "Bo", "Cleo", "Dana", "Zoë")
COUNTRIES = ("PT", "CN", "KE", "IS")
STEPS = "Cut it, cook it, stir it, taste it. " * 60
"""What no answer needs, 2 kB of it."""

SMALL = 80
"""Bytes that a document of title and minutes stays under."""

AROUND = 500
"""Bytes that an answer has around its documents, at most."""

MISSING = object()


def test_by_author(learner, mongo, rng):
    """by_author finds the author, whatever else is known of them"""
    name, other, country, elsewhere = author_names(rng)
    authors = [
        {"name": name, "country": country},
        {"country": country, "name": name},
        {"name": name, "country": country, "born": 1990},
        {"born": 1985, "country": country, "web": "example.org", "name": name},
        {"name": name, "country": elsewhere},
        {"name": other, "country": country},
        {"name": other, "country": elsewhere, "teacher": name},
        {"name": name},
    ]
    made = fill(mongo, rng, [{"author": each} for each in authors])
    wanted = [each for each in made if is_by(each, name, country)]
    found = documents(learner.call("recipes:by_author", mongo.handle(), name, country))

    def why(recipe, belongs):
        if belongs:
            plain = [each["_id"] for each in made if list(each["author"].items()) == list(authors[0].items())]
            alike = plain[0] in [each.get("_id") for each in found]
            return "a whole sub-document is equal only with the same fields in the same order" if alike else ""
        return "name and country belong together" if name in recipe["author"].values() else ""

    compare(found, wanted, made, "author", why)
    demand_whole(found, made)


def test_rated(learner, mongo, rng):
    """rated finds what one person liked"""
    by, other, third = rng.sample(PEOPLE, 3)
    stars = rng.choice([3, 4])
    some = [
        [(by, stars)],
        [(by, 5), (other, 1)],
        [(other, 1), (by, stars)],
        [(by, stars - 1), (other, 5)],
        [(third, stars), (by, 1)],
        [(other, 5), (third, 4)],
        [(by, stars - 1)],
        [],
        MISSING,
    ]
    ratings = [each if each is MISSING else [{"by": one, "stars": given} for one, given in each] for each in some]
    made = fill(mongo, rng, [{"ratings": each} for each in ratings])
    wanted = [each for each in made if likes(each, by, stars)]
    found = documents(learner.call("recipes:rated", mongo.handle(), by, stars))

    def why(recipe, belongs):
        if belongs:
            return ""
        given = recipe.get("ratings", [])
        both = any(each["by"] == by for each in given) and any(each["stars"] >= stars for each in given)
        return f"{by} is one element, {stars} stars or more another: both must be true of one" if both else ""

    compare(found, wanted, made, "ratings", why)
    demand_whole(found, made)


def test_untimed(learner, mongo, rng):
    """untimed finds missing minutes; null is a value"""
    times = [MISSING, MISSING, None, None, 0, rng.randint(1, 90)]
    made = fill(mongo, rng, [{"minutes": each} for each in times])
    wanted = [each for each in made if "minutes" not in each]
    found = documents(learner.call("recipes:untimed", mongo.handle()))

    def why(recipe, belongs):
        null = not belongs and recipe.get("minutes", MISSING) is None
        return "its minutes are null: the field is there, and null is its value" if null else ""

    compare(found, wanted, made, "minutes", why)
    demand_whole(found, made)


def test_quick(learner, mongo, rng):
    """quick finds short recipes, with title and minutes alone"""
    most = rng.randint(15, 40)
    times = [0, most - 1, most, most + 1, most + rng.randint(5, 90), 2 * most, None, MISSING]
    made = fill(mongo, rng, [{"minutes": each} for each in times])
    found = documents(learner.call("recipes:quick", mongo.handle(), most))
    fit = [each for each in made if is_quick(each, most)]
    for each in found:
        if set(each) != {"title", "minutes"}:
            means = "_id comes along unless a projection says no" if set(each) == {"_id", "title", "minutes"} else ""
            not_yet(
                expected="documents of title and minutes", got=f"one of {', '.join(map(str, each))}"[:200], means=means
            )

    def why(recipe, belongs):
        if belongs:
            return "most itself is not too much" if recipe["minutes"] == most else ""
        return "null and missing are not more than a number, nor are they less" if recipe.get("minutes") is None else ""

    numbers = {each["title"]: each["_id"] for each in made}
    compare([{"_id": numbers.get(str(each["title"]), 0)} for each in found], fit, made, "minutes", why)
    for each in found:
        (recipe,) = (one for one in made if one["title"] == each["title"])
        if each["minutes"] != recipe["minutes"]:
            not_yet(expected=f"minutes {recipe['minutes']} for {recipe['title']}", got=f"{each['minutes']}"[:100])


def test_stays_there(learner, mongo, rng):
    """MongoDB sends nothing that is not returned"""
    name, by = rng.choice(PEOPLE), rng.choice(PEOPLE)
    fill(mongo, rng, [any_recipe(rng) for _ in range(60)])
    for function, *asked in (("by_author", name, "PT"), ("rated", by, 4), ("untimed",), ("quick", 40)):
        mongo.profile()
        found = documents(learner.call(f"recipes:{function}", mongo.handle(), *asked))
        operations = [seen for seen in mongo.profile() if seen.collection == "recipes"]
        if not operations:
            not_yet(expected="a query of recipes", got="the server's profiler saw none")
        sent = sum(seen.returned for seen in operations)
        if sent > len(found):
            means = "the query asks for more than you return, and a loop of your own drops the rest"
            not_yet(expected=f"{len(found)} documents sent, those returned", got=f"{sent} documents sent", means=means)
        size = sum(seen.size for seen in operations)
        if function == "quick" and size > SMALL * len(found) + AROUND * len(operations):
            means = "all fields were sent: a projection is part of the query"
            not_yet(expected="title and minutes sent alone", got=f"{size} bytes for {len(found)} recipes", means=means)


def author_names(rng):
    return (*rng.sample(PEOPLE, 2), *rng.sample(COUNTRIES, 2))


def any_recipe(rng):
    """Fields of a recipe as they come."""
    author = list({"name": rng.choice(PEOPLE), "country": rng.choice(COUNTRIES[:2])}.items())
    ratings = [{"by": each, "stars": rng.randint(1, 5)} for each in rng.sample(PEOPLE, rng.randint(0, 3))]
    minutes = rng.choice([MISSING, None, *(rng.randint(1, 90) for _ in range(4))])
    return {"author": dict(rng.sample(author, 2)), "ratings": ratings, "minutes": minutes}


def fill(mongo, rng, fields):
    """Recipes with these FIELDS, in no order; what is MISSING there is missing."""
    numbers = rng.sample(range(100, 1000), len(fields))
    made = []
    for number, some in zip(numbers, fields, strict=True):
        recipe = {"_id": number, "title": f"Soup {number}", **any_recipe(rng), "steps": STEPS, **some}
        made.append({field: value for field, value in recipe.items() if value is not MISSING})
    rng.shuffle(made)
    mongo.fill("recipes", made)
    return made


def is_by(recipe, name, country):
    return recipe["author"].get("name") == name and recipe["author"].get("country") == country


def likes(recipe, by, stars):
    return any(each["by"] == by and each["stars"] >= stars for each in recipe.get("ratings", []))


def is_quick(recipe, most):
    return recipe.get("minutes") is not None and recipe["minutes"] <= most


def demand_whole(found, made):
    """Demand that each recipe FOUND is as it was MADE."""
    stored = {recipe["_id"]: recipe for recipe in made}
    for each in found:
        recipe = stored[each["_id"]]
        if each != recipe:
            other = [name for name in {**recipe, **each} if each.get(name, MISSING) != recipe.get(name, MISSING)]
            more = all(name not in recipe for name in other)
            got = f"it has a field more, {other[0]}" if more else f"its {other[0]} is another, or missing"
            means = "what a stage adds stays in the document until another takes it away" if more else ""
            not_yet(expected=f"the recipe {each['_id']} as it is stored", got=got[:120], means=means)


def compare(found, wanted, made, field, why):
    """Demand the recipes WANTED of all that were MADE; WHY tells what it means that one is missing or too many."""
    numbers = [each.get("_id") for each in found]
    if None in numbers:
        not_yet(expected="whole documents, with their _id", got=f"one of {', '.join(map(str, found[0]))}"[:200])
    for recipe in made:
        count, belongs = numbers.count(recipe["_id"]), recipe in wanted
        if count == belongs:
            continue
        value = f"{field}: {json.dumps(recipe[field], ensure_ascii=False)}" if field in recipe else f"no {field}"
        got = "it is returned" if count == 1 else f"it is returned {count} times" if count else "it is not there"
        not_yet(
            expected=f"{'with' if belongs else 'without'} the recipe of {value}", got=got, means=why(recipe, belongs)
        )
    if len(numbers) != len(wanted):
        not_yet(expected=f"the {len(wanted)} recipes with their _id", got=f"{len(numbers)} documents: {numbers}"[:200])
