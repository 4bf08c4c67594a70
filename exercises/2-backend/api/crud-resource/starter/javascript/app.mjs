import express from "express";

const app = express();
app.use(express.json());

// TODO(learn): keep tasks in the SQLite file DATABASE_PATH, and answer the six requests of the contract

app.listen(Number(process.env.PORT), "127.0.0.1");
