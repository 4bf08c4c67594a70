"""One table says what each name may hold; every further route is a further table, and refuses in the same words."""

import os

from flask import Blueprint, Flask, jsonify, request

LIMITS = {str(number): number for number in range(101)}  # the texts that are allowed, with what they mean


def text(value):
    return value


def limit(value):
    if value not in LIMITS:
        raise ValueError("limit is a whole number from 0 to 100")
    return LIMITS[value]


RULES = {"q": (text, ""), "limit": (limit, 20)}


def read(rules):
    values = {}
    for name, (convert, default) in rules.items():
        given = request.args.getlist(name)
        if len(given) > 1:
            raise ValueError(f"{name} is given {len(given)} times")
        values[name] = convert(given[0]) if given else default
    return values


items = Blueprint("items", __name__, url_prefix="/items")


@items.get("/<item>")
def show(item):
    return jsonify(id=item, **read(RULES))


@items.errorhandler(ValueError)
def refuse(error):
    return jsonify(error=str(error)), 400


if __name__ == "__main__":
    app = Flask(__name__)
    app.register_blueprint(items)
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
