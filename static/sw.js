/* Answers a page that can't be fetched with /offline/, and shows browser messages. What a page sends goes past it: a
   draft that is saved as its page closes was lost where it had to wait for this script. */
const CACHE = "weft-offline-1";
const KEPT = ["/offline/", "/static/css/plain.css"];

self.addEventListener("install", (event) => {
  const fresh = KEPT.map((url) => new Request(url, { cache: "reload" }));
  const past = event.addRoutes?.({ condition: { requestMethod: "POST" }, source: "network" }); // where a browser knows how
  const kept = caches.open(CACHE).then((cache) => cache.addAll(fresh));
  event.waitUntil(Promise.all([past, kept]).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match("/offline/")));
  } else if (KEPT.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});

/* A browser message: who did what in which conversation; it leads there, and replaces what was shown of the same one. */
self.addEventListener("push", (event) => {
  const { title, body, tag, url } = event.data?.json() ?? {};
  if (title) event.waitUntil(self.registration.showNotification(title, { body, tag, data: { url }, icon: "/static/favicon.svg" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/", self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});
