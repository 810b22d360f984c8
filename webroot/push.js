// The service worker: told by the browser of messages from Pulseboard, also while no page of it is open. It keeps nothing and loads nothing.

/** What is shown of a message that cannot be read: a browser insists on something. */
const UNREADABLE = { title: "Pulseboard", body: "Something has changed.", tag: "pulseboard", level: "", link: "" };

function read(data) {
  try {
    return { ...UNREADABLE, ...data.json() };
  } catch {
    return UNREADABLE;
  }
}

self.addEventListener("push", (event) => {
  const { title, body, tag, level, link } = read(event.data);
  const isTrouble = level === "critical" || level === "warning";
  event.waitUntil(self.registration.showNotification(title, {
    body,
    tag,
    renotify: isTrouble,
    requireInteraction: level === "critical",
    data: { link },
  }));
});

/** Only pages of this server are opened. */
function inScope(link) {
  const scope = new URL(self.registration.scope);
  try {
    const address = new URL(link, scope);
    return address.origin === scope.origin ? address : scope;
  } catch {
    return scope;
  }
}

async function open(address) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => new URL(each.url).pathname === address.pathname);
  if (!page) return self.clients.openWindow(address.href);
  await page.focus();
  return page.navigate(address.href).catch(() => undefined);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(inScope(event.notification.data?.link ?? "")));
});
