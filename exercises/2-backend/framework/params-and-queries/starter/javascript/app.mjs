import express from "express";

const app = express();

// TODO(learn): answer GET /items/<id>?q=...&limit=...

app.listen(Number(process.env.PORT), "127.0.0.1");
