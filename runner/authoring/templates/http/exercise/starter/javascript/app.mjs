import express from "express";

const app = express();

// TODO(learn): answer GET /greeting

app.listen(Number(process.env.PORT), "127.0.0.1");
