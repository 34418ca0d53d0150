// Cloudflare worker in front of the bucket: serves what a signed URL allows, from the edge's cache where it can.
//
// The API signs (sgd_resources/storage/signing.py); this verifies by the same rule and knows nothing else: no org, no key of
// an API, no database. Only GET and HEAD of `org/<org>/public/...`, at most 15 minutes after signing.
//
// Bindings (wrangler.toml): BUCKET, the R2 bucket that S3_ENDPOINT_URL names; secrets SIGNER_SECRET and, while a secret is
// being replaced, SIGNER_SECRET_PREVIOUS.

const CONTEXT = "sgd-signed-url-v1";
const LONGEST_S = 900;
const CLOCKS_APART_S = 5;
const ASSETS = "/assets/";
const SERVED = new Set(["image/png", "image/jpeg", "image/webp", "application/json", "image/svg+xml", "application/pdf"]);
const encoder = new TextEncoder();

export default {
  async fetch(request, env, context) {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return refused(405, "METHOD_NOT_ALLOWED", "only GET and HEAD", { Allow: "GET, HEAD" });
    }
    const grant = readGrant(new URL(request.url));
    if (grant === null) return refused(403, "FORBIDDEN", "this URL was not made by this service");
    if (!(await isSigned(grant, env))) return refused(403, "FORBIDDEN", "the signature does not fit this URL");
    const now = Date.now() / 1000;
    if (grant.expires <= now) return refused(403, "FORBIDDEN", "this URL has expired; ask for a new one");
    if (grant.expires > now + LONGEST_S + CLOCKS_APART_S || grant.method !== "GET") {
      return refused(403, "FORBIDDEN", "this URL allows something else");
    }
    if (!grant.key.startsWith(`org/${grant.org}/public/`)) return refused(404, "NOT_FOUND", "no such object");
    return serve(request, grant, env, context);
  },
};

function readGrant(url) {
  if (!url.pathname.startsWith(ASSETS)) return null;
  const query = url.searchParams;
  const [org, method, expires, signature] = ["org", "method", "expires", "signature"].map((name) => query.get(name));
  if (!org || !method || !signature || !/^[0-9]{1,12}$/.test(expires ?? "")) return null;
  let key;
  try {
    key = decodeURIComponent(url.pathname.slice(ASSETS.length));
  } catch {
    return null;
  }
  if (key.split("/").some((part) => part === "" || part === "." || part === "..")) return null;
  return { key, org, method, expires: Number(expires), filename: query.get("filename"), signature };
}

async function isSigned(grant, env) {
  const message = encoder.encode(asPython([CONTEXT, grant.method, grant.key, grant.org, grant.expires, grant.filename]));
  const signature = fromBase64Url(grant.signature);
  if (signature === null) return false;
  let fits = false;
  for (const secret of [env.SIGNER_SECRET, env.SIGNER_SECRET_PREVIOUS]) {
    if (!secret || secret.length < 32) continue;
    const key = await crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    // Compares in constant time.
    fits = (await crypto.subtle.verify("HMAC", key, signature, message)) || fits;
  }
  return fits;
}

// The bytes that Python's json.dumps makes of a list: a blank behind each comma, nothing beyond ASCII.
function asPython(fields) {
  const escaped = (text) => text.replace(/[\u007f-\uffff]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `[${fields.map((field) => escaped(JSON.stringify(field ?? null))).join(", ")}]`;
}

function fromBase64Url(text) {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return null;
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=");
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

async function serve(request, grant, env, context) {
  const cache = globalThis.caches?.default;
  // By the object alone: whoever has a good signature for it shares what another fetched. Keys name their bytes.
  const place = new Request(new URL(ASSETS + grant.key.split("/").map(encodeURIComponent).join("/"), request.url));
  let answer = await cache?.match(place);
  if (!answer) {
    const object = await env.BUCKET.get(grant.key);
    if (object === null) return refused(404, "NOT_FOUND", "no such object");
    const kind = object.httpMetadata?.contentType;
    answer = new Response(object.body, {
      headers: {
        "Content-Type": SERVED.has(kind) ? kind : "application/octet-stream",
        "Content-Length": String(object.size),
        ETag: object.httpEtag,
        "Cache-Control": "public, max-age=86400, immutable",
      },
    });
    if (cache) context.waitUntil(cache.put(place, answer.clone()));
  }
  const headers = new Headers(answer.headers);
  // To the one who asks: no longer than the API's own answers, and never opened as a page.
  headers.set("Cache-Control", "private, max-age=300");
  headers.set("Content-Disposition", disposition(grant.filename ?? grant.key.slice(grant.key.lastIndexOf("/") + 1)));
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
  headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  headers.set("Referrer-Policy", "no-referrer");
  if (request.headers.get("If-None-Match") === headers.get("ETag")) return new Response(null, { status: 304, headers });
  return new Response(request.method === "HEAD" ? null : answer.body, { headers });
}

function disposition(filename) {
  const name = [...filename.replace(/\\/g, "/").split("/").pop()].filter((letter) => /[^\p{C}\p{Zl}\p{Zp}]/u.test(letter)).slice(0, 150).join("");
  const plain = name.replace(/[^ -~]/gu, "_").replace(/"/g, "'").replace(/[?%]/g, "_");
  const encoded = encodeURIComponent(name).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function refused(status, code, message, headers = {}) {
  return Response.json({ error: { code, message } }, { status, headers: { ...headers, "Cache-Control": "no-store" } });
}
