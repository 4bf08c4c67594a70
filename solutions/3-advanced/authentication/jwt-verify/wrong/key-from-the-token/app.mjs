// A key that the header brings along is used.
import express from "express";
import { decodeProtectedHeader, errors, importJWK, importSPKI, jwtVerify } from "jose";

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
    const { jwk } = decodeProtectedHeader(token);
    const own = jwk ? await importJWK(jwk, JWT_ALGORITHM) : key;
    request.claims = (await jwtVerify(token, own, rules)).payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error;
    return response.status(401).json({ error: error.code });
  }
  next();
}

app.get("/me", identify, (request, response) => {
  response.json({ user: request.claims.sub });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
