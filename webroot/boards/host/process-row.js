import { createPlainFigure } from "../../lib/card.js";
import { h, setAttribute, setText, setVariable } from "../../lib/dom.js";
import { bytes, bytesPerSecond, number } from "../../lib/format.js";
import { belongsTo, diskOf } from "./process-rows.js";

/** @typedef {import("../../lib/state.js").Process} Process */

const NOT_KNOWN = "–";
/** Most are services, and the end of the name is what is cut. */
const USUAL = /\.service$/;

/**
 * A row that shows one process after the other: who uses most changes all the time, and to move a row costs much more than to
 * write another name into it.
 */
export function createRow() {
  const [name, program] = [h("span"), h("span", { class: "process-program" })];
  const head = h("th", { class: "process-name", scope: "row" }, name, " ", program);
  const cell = (/** @type {string} */ kind) => h("td", { class: kind });
  const [belongs, user, state, threads, id] = [cell("process-belongs"), cell("wide"), cell("wider"), cell("wider number"), cell("number id")];
  const [cpu, memory, disk] = [createPlainFigure(), createPlainFigure(), createPlainFigure()];
  const diskCell = h("td", { class: "number disk" }, disk.element);
  const element = h("tr", {}, head, belongs, user, state, threads,
    h("td", { class: "number" }, cpu.element), h("td", { class: "number" }, memory.element), diskCell, id);
  /** @type {Partial<import("./process-rows.js").Row>} */
  let shown = {};
  /** @param {import("./process-rows.js").Row} row a whole one; a process that has changed is another object */
  const show = (row) => {
    const { process, depth, id: itsId } = row;
    if (process === shown.process && depth === shown.depth && itsId === shown.id) return;
    shown = row;
    const unit = belongsTo(process);
    setText(name, process.name ?? "");
    setText(program, process.program ?? "");
    setAttribute(head, "title", [process.name, process.program, unit, process.user, process.state].filter(Boolean).join(" · "));
    setVariable(head, "--depth", depth);
    setText(belongs, unit.replace(USUAL, "") || NOT_KNOWN);
    setAttribute(belongs, "title", unit || undefined);
    setText(user, process.user ?? NOT_KNOWN);
    setText(state, process.state ?? NOT_KNOWN);
    setText(threads, String(process.threadCount ?? NOT_KNOWN));
    cpu.show(`${number(process.cpuPercent ?? 0, 1)}\u202f%`);
    memory.show(bytes(process.residentBytes ?? 0));
    const rate = diskOf(process);
    disk.show(rate === undefined ? process.diskUnavailable ? "n/a" : NOT_KNOWN : bytesPerSecond(rate));
    setAttribute(diskCell, "title", rate === undefined ? process.diskUnavailable : inWords(process));
    setText(id, itsId);
  };
  return { element, show };
}

/** @param {Process} process */
function inWords({ diskReadBytesPerSecond: read, diskWrittenBytesPerSecond: written }) {
  return [read !== undefined && `read ${bytesPerSecond(read)}`, written !== undefined && `written ${bytesPerSecond(written)}`].filter(Boolean).join(", ");
}
