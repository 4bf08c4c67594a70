import { DatabaseSync } from "node:sqlite";
import express from "express";

const app = express();

// TODO(learn): stage 1, the tasks in the SQLite file in DATABASE_PATH

app.listen(Number(process.env.PORT), "127.0.0.1");
