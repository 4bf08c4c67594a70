// What is no token ends in an error of the service.
import { createHmac, timingSafeEqual, verify } from "node:crypto";
import express from "express";

const { JWT_ALGORITHM, JWT_KEY, JWT_ISSUER, JWT_AUDIENCE } = process.env;
const app = express();

const unpacked = (part) => JSON.parse(Buffer.from(part, "base64url"));

function isSigned(text, signature) {
  if (JWT_ALGORITHM === "RS256") return verify("RSA-SHA256", text, JWT_KEY, signature);
  const wanted = createHmac("sha256", JWT_KEY).update(text).digest();
  return wanted.length === signature.length && timingSafeEqual(wanted, signature);
}

function holds(claims) {
  const now = Date.now() / 1000;
  return (
    claims.iss === JWT_ISSUER &&
    [claims.aud].flat().includes(JWT_AUDIENCE) &&
    typeof claims.exp === "number" &&
    now < claims.exp &&
    !(now < (claims.nbf ?? 0)) &&
    typeof claims.sub === "string"
  );
}

// The claims of a good token, else null.
function verified(token) {
  const parts = token.split(".");
  if (parts.length !== 3) return null;
  const [header, claims] = [unpacked(parts[0]), unpacked(parts[1])];
  const signed = isSigned(Buffer.from(`${parts[0]}.${parts[1]}`), Buffer.from(parts[2], "base64url"));
  return header.alg === JWT_ALGORITHM && signed && holds(claims) ? claims : null;
}

app.get("/me", (request, response) => {
  const claims = verified((request.get("Authorization") ?? "").replace(/^Bearer /, ""));
  if (!claims) return response.status(401).json({ error: "a good token is needed" });
  response.json({ user: claims.sub });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
