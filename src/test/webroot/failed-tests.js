// A reporter of node:test, beside the one that people read: what failed, two lines each, for the last words of "make test".

/** A test that failed only because one in it did says nothing new. */
const ofOthers = new Set(["subtestsFailed", "cancelledByParent"]);

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* failedTests(events) {
  for await (const { type, data } of events) {
    const error = data.details?.error;
    if (type !== "test:fail" || ofOthers.has(error?.failureType)) continue;
    const said = String(error?.cause?.message ?? error?.message ?? error).replace(/\s+/g, " ").slice(0, 240);
    yield `pulseboard: failed: ${String(data.file ?? "").split("/").at(-1)} ${data.name}\n    ${said}\n`;
  }
}
