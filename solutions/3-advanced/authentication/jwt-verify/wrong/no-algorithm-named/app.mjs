// No algorithm is named, so all that suit the key are taken.
import express from "express";
import jwt from "jsonwebtoken";

const { JWT_ALGORITHM, JWT_KEY, JWT_ISSUER, JWT_AUDIENCE } = process.env;
const app = express();

// The claims of a good token; throws for any other.
function verified(token) {
  const claims = jwt.verify(token, JWT_KEY, {
    issuer: JWT_ISSUER,
    audience: JWT_AUDIENCE,
  });
  if (claims.exp === undefined || claims.sub === undefined) throw new Error("a claim is missing");
  return claims;
}

app.get("/me", (request, response) => {
  const [scheme, token] = (request.get("Authorization") ?? "").split(" ");
  if (scheme.toLowerCase() !== "bearer") return response.status(401).json({ error: "a token is needed" });
  try {
    response.json({ user: verified(token).sub });
  } catch {
    response.status(401).json({ error: "this token is not good" });
  }
});

app.listen(Number(process.env.PORT), "127.0.0.1");
