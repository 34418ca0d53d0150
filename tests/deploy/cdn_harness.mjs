// Runs the worker in Node: one line of JSON in, {objects, secrets, requests}; one line out, the answers in order.
import { readFileSync } from "node:fs";

const { worker, objects, secrets, requests } = JSON.parse(readFileSync(0, "utf-8"));
const kept = new Map();
let fetched = 0;
globalThis.caches = {
  default: {
    match: async (request) => kept.get(request.url)?.clone(),
    put: async (request, answer) => void kept.set(request.url, answer),
  },
};
const env = {
  ...secrets,
  BUCKET: {
    get: async (key) => {
      fetched += 1;
      const found = objects[key];
      if (found === undefined) return null;
      const bytes = new TextEncoder().encode(found.text);
      return { body: bytes, size: bytes.length, httpEtag: '"e"', httpMetadata: { contentType: found.type } };
    },
  },
};
const { default: module } = await import(worker);
const answers = [];
for (const { url, method = "GET", headers = {} } of requests) {
  const waiting = [];
  const answer = await module.fetch(new Request(url, { method, headers }), env, { waitUntil: (work) => waiting.push(work) });
  await Promise.all(waiting);
  answers.push({ status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() });
}
console.log(JSON.stringify({ answers, fetched }));
