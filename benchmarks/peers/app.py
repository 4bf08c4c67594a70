import os

from flask import Flask, request

app = Flask(__name__)
pens = []


@app.get("/health")
def health():
    return {"status": "ok"}


@app.get("/pens")
def every():
    colour = request.args.get("colour")
    return [pen for pen in pens if colour in (None, pen["colour"])]


@app.post("/pens")
def create():
    body = request.get_json()
    if "colour" not in body:
        return {"error": "a pen has a colour"}, 400
    pens.append({"id": len(pens) + 1, "colour": body["colour"]})
    return pens[-1], 201


@app.get("/pens/<int:number>")
def one(number):
    for pen in pens:
        if pen["id"] == number:
            return pen
    return {"error": "no such pen"}, 404


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
