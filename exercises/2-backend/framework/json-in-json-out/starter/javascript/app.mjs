import express from "express";

const app = express();

// TODO(learn): answer POST /tasks

app.listen(Number(process.env.PORT), "127.0.0.1");
