// Keeps on the phone what it takes to verify a licence with no signal: the scanning page, the page that says that there
// is no signal, their files, and the status lists as they were last fetched. Nothing of anybody signed in: both pages
// are asked for without cookies, and every other page goes to the network alone.
"use strict";

const CACHE = "rukhsa-offline";
const SCAN = "/verify/scan";
const NO_SIGNAL = "/offline";
const ASSETS = [
  "/favicon.svg",
  "/mark.svg",
  "/manifest.webmanifest",
  "/icons/icon-192.png",
  "/fonts/ibm-plex-sans-arabic-arabic-400-normal.woff2",
  "/fonts/ibm-plex-sans-arabic-arabic-700-normal.woff2",
  "/fonts/ibm-plex-sans-arabic-latin-400-normal.woff2",
  "/fonts/ibm-plex-sans-arabic-latin-700-normal.woff2",
];
// Of a network that neither answers nor fails.
const PATIENCE_MS = 6000;
// The page that registers this worker names its language, since a page asked for without cookies would not know it.
const language = new URL(self.location.href).searchParams.get("language") === "en" ? "en" : "ar";

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(refresh());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(page(event, url));
  } else if (url.pathname.startsWith("/pkg/") || ASSETS.includes(url.pathname)) {
    event.respondWith(file(request, url));
  } else if (url.pathname.startsWith("/status/")) {
    event.respondWith(newest(request));
  }
});

async function page(event, url) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && url.pathname === SCAN) event.waitUntil(refresh().catch(() => {}));
    return answer;
  } catch {
    const cache = await caches.open(CACHE);
    if (url.pathname === SCAN || url.pathname === NO_SIGNAL) {
      return (await cache.match(url.pathname)) ?? Response.error();
    }
    // A browser carries the fragment, which is the signed part of a code, on to where it is led.
    if (/^\/(v|verify)\/(?!(receipt|bulk)$)[^/]+$/.test(url.pathname)) {
      return Response.redirect(`${SCAN}?number=${encodeURIComponent(url.pathname.split("/").pop())}`);
    }
    return Response.redirect(`${NO_SIGNAL}?page=${encodeURIComponent(url.pathname + url.search)}`);
  }
}

// Files under /pkg have a hash in their name. The others may change with a release, and are kept with its pages.
async function file(request, url) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url.pathname);
  if (kept) return kept;
  const answer = await fetch(request);
  // What a kept page loads after it has begun, such as the reader of codes for browsers that have none.
  if (answer.ok) await cache.put(url.pathname, answer.clone());
  return answer;
}

// The list from the network; as it was last fetched, where there is none.
async function newest(request) {
  const cache = await caches.open(CACHE);
  const path = new URL(request.url).pathname;
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) await cache.put(path, answer.clone());
    return answer;
  } catch {
    return (await cache.match(path)) ?? Response.error();
  }
}

// Fetches both pages and the files they name. A page is kept after its files, so that it never stands without them.
async function refresh() {
  const cache = await caches.open(CACHE);
  const files = new Set(ASSETS);
  const pages = [];
  for (const path of [SCAN, NO_SIGNAL]) {
    const answer = await fetch(path, {
      credentials: "omit",
      cache: "no-store",
      headers: { "rukhsa-language": language },
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    for (const [, name] of (await answer.clone().text()).matchAll(/"(\/pkg\/[^"]+)"/g)) files.add(name);
    pages.push([path, answer]);
  }
  const missing = [];
  for (const name of files) if (!(await cache.match(name))) missing.push(name);
  const released = missing.some((name) => name.startsWith("/pkg/"));
  await cache.addAll(missing);
  for (const [path, answer] of pages) await cache.put(path, answer);
  // The lists are many and small; the index names them.
  const lists = await fetch("/status", { credentials: "omit" });
  for (const path of lists.ok ? await lists.json() : []) await newest(new Request(path, { credentials: "omit" }));
  if (!released) return;
  // A release: the files of the one before are of no use any more.
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith("/pkg/") && !files.has(pathname)) await cache.delete(pathname);
  }
}
