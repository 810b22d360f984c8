/** The folder of this page's files, named by what is in them; none where they are served as they lie in the repository. */
const FOLDER = /assets-[0-9a-f]+\//;
const own = FOLDER.exec(import.meta.url)?.[0];

/** Whether the document of this page names other files by now: then this page is older than its server. */
export async function isOutdated() {
  if (!own) return false;
  try {
    const response = await fetch(location.href, { cache: "no-cache" });
    const now = response.ok ? FOLDER.exec(await response.text())?.[0] : undefined; // None in a page that asks to log in.
    return now !== undefined && now !== own;
  } catch {
    return false; // The connection's own state tells what is wrong.
  }
}
