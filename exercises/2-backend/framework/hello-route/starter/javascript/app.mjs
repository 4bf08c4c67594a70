import express from "express";

const app = express();

// TODO(learn): answer GET / and GET /health, then listen on the port in PORT
