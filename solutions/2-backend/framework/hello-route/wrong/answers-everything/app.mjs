// One call for each route: the path stands right beside what it does, which reads best while there are few.
import express from "express";

const app = express();
app.get("/", (request, response) => response.json({ message: "hello" }));
app.get("/health", (request, response) => response.json({ status: "ok" }));
app.use((request, response) => response.json({ message: "hello" }));
app.listen(Number(process.env.PORT), "127.0.0.1");
