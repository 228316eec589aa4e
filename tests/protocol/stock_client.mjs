// A stock y-websocket client: URL, cookie and origin are all it is given. Commands come in and reports go out as JSON lines.
import { createInterface } from "node:readline";

const modules = new URL("../../frontend/node_modules/", import.meta.url);
const Y = await import(new URL("yjs/dist/yjs.mjs", modules));
const { WebsocketProvider } = await import(new URL("y-websocket/src/y-websocket.js", modules));
const { WebSocket } = await import(new URL("ws/wrapper.mjs", modules));

const [server, epoch, cookie, origin] = process.argv.slice(2);

class WithCookie extends WebSocket {
  constructor(url, protocols) {
    super(url, protocols, { origin, headers: { Cookie: `sessionid=${cookie}` } });
  }
}

const report = (facts) => process.stdout.write(`${JSON.stringify(facts)}\n`);
const complaints = [];
console.error = (...words) => complaints.push(words.join(" "));

const doc = new Y.Doc();
const text = doc.getText("t:problem");
const provider = new WebsocketProvider(server, epoch, doc, { WebSocketPolyfill: WithCookie });
provider.on("sync", (synced) => report({ synced }));
provider.on("connection-close", (event) => report({ closed: event?.code ?? null }));

const commands = {
  insert: ({ at, words }) => text.insert(at, words),
  show: ({ state }) => provider.awareness.setLocalState(state),
  leave: () => provider.disconnect(),
  join: () => provider.connect(),
  look: () => {},
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const command = JSON.parse(line);
  commands[command.do](command);
  report({
    client: doc.clientID,
    text: text.toString(),
    present: Object.fromEntries(provider.awareness.getStates()),
    shouldConnect: provider.shouldConnect,
    complaints,
  });
});
