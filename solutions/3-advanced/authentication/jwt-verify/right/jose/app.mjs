// With jose: keys are objects made for one use, and the claims that must be there are named.
import express from "express";
import { errors, importSPKI, jwtVerify } from "jose";

const { JWT_ALGORITHM, JWT_KEY, JWT_ISSUER, JWT_AUDIENCE } = process.env;
const key = JWT_ALGORITHM === "RS256" ? await importSPKI(JWT_KEY, "RS256") : new TextEncoder().encode(JWT_KEY);
const rules = {
  algorithms: [JWT_ALGORITHM],
  issuer: JWT_ISSUER,
  audience: JWT_AUDIENCE,
  requiredClaims: ["exp", "sub"],
};
const app = express();

async function identify(request, response, next) {
  const token = /^Bearer (.+)$/i.exec(request.get("Authorization") ?? "")?.[1] ?? "";
  try {
    request.claims = (await jwtVerify(token, key, rules)).payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    return response.status(401).json({ error: error.code });
  }
  next();
}

app.get("/me", identify, (request, response) => {
  response.json({ user: request.claims.sub });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
