/**
 * @typedef {object} Message
 * @property {number} atMilliseconds
 * @property {string} kind
 * @property {string} from
 * @property {string} to
 * @property {string} [ballot]
 * @property {string} [accepted]
 * @property {string} [promised]
 * @property {string} [uploader]
 * @property {string} [reason]
 * @property {string} [outcome]
 * @property {number} [bytes]
 *
 * @typedef {{ chunk: string, mode: string, scenario: string, outcome?: string, chosen?: string, messages: number, milliseconds?: number, startedAt: number,
 *   proposers: string[], acceptors: string[] }} Head
 * @typedef {{ id: string, head: Head, record: Message[] }} Run
 */

/** What each kind of message means, one sentence. @type {Record<string, string>} */
export const MEANINGS = {
  PREPARE: "An uploader asks: will you take no lower ballot than mine from now on, and what have you accepted so far?",
  PROMISE: "A node promises that, and says what it has accepted, if anything.",
  NACK: "A node refuses, because it has promised a higher ballot to somebody else.",
  ACCEPT: "An uploader asks a node to accept a value, and sends the bytes with it.",
  ACCEPTED: "A node has the value and the bytes on disk. As soon as a majority has, the value is chosen, for good.",
  COMMIT: "The uploader tells the nodes that the value is chosen. It is no part of the decision and saves a question later.",
  LOST: "No answer came.",
  END: "An uploader knows what was chosen.",
};

/** @type {Record<string, string>} */
export const SCENARIOS = {
  normal: "One uploader. The chunk is its own, so it need not prepare: 3 requests, 3 answers.",
  two_uploaders: "Two uploaders want different bytes under the same name. The first reaches two of three nodes before the second asks.",
  node_down: "One node of three is killed before. Two are a majority, so the chunk is decided all the same.",
};

/** What happened, in a sentence. @param {Message} message @param {Head} head */
export function sentence(message, head) {
  const { kind, from, to, ballot } = message;
  const whose = message.uploader ? `the bytes of ${message.uploader}` : "";
  switch (kind) {
    case "PREPARE": return `${from} asks ${to} to promise ballot ${ballot}.`;
    case "PROMISE": return `${from} promises ${ballot} to ${to}${message.accepted ? `, and says that it has already accepted ${whose} under ${message.accepted}` : "; it has accepted nothing yet"}.`;
    case "NACK": return `${from} refuses ballot ${ballot}: it has promised ${message.promised}, which is higher.`;
    case "ACCEPT": return message.uploader !== from ? `${from} must finish what may be chosen already: it asks ${to} to accept ${whose} under its own ballot ${ballot}.` : `${from} asks ${to} to accept its bytes under ballot ${ballot}${ballot?.startsWith("0.") ? ", without asking first: the chunk is its own" : ""}.`;
    case "ACCEPTED": return `${from} has ${whose} on disk under ballot ${ballot}.`;
    case "COMMIT": return `${from} tells ${to} that the value is chosen.`;
    case "LOST": return `${from} does not answer ${to}: ${message.reason}.`;
    case "END": return message.outcome === "won" ? `${from} has won: ${quorum(head)} nodes of ${head.acceptors.length} have its bytes.` : message.outcome === "lost" ? `${from} has lost: ${whose} were chosen before, and what is chosen stays chosen. It has helped to finish them.` : `${from} gives up: too few nodes answer.`;
    default: return kind;
  }
}

/** @param {Head} head */
export function quorum(head) {
  return head.mode === "CODED" ? 4 : 2;
}

/** What each node holds after so many messages: promised and accepted. @param {Run} run @param {number} steps */
export function after(run, steps) {
  /** @type {Record<string, { promised?: string, accepted?: string, uploader?: string, isDown?: boolean }>} */
  const nodes = Object.fromEntries(run.head.acceptors.map((id) => [id, {}]));
  for (const message of run.record.slice(0, steps)) {
    const node = nodes[message.from];
    if (!node) continue;
    if (message.kind === "PROMISE") node.promised = message.ballot;
    if (message.kind === "NACK") node.promised = message.promised;
    if (message.kind === "LOST") node.isDown = true;
    if (message.kind === "ACCEPTED") Object.assign(node, { promised: message.ballot, accepted: message.ballot, uploader: message.uploader });
  }
  return nodes;
}

/** How many messages were sent so far that count: what is told after the decision does not. @param {Run} run @param {number} steps */
export function counted(run, steps) {
  return run.record.slice(0, steps).filter(({ kind }) => !["COMMIT", "LOST", "END"].includes(kind)).length;
}
