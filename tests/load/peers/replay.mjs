// Replays an editing history key by key through a server until a second client has the same text.
import { readFileSync } from 'node:fs'
import { Client } from './line.mjs'

const plan = JSON.parse(process.argv[2])
// plan: { kind, people: [seat, seat], history, root }
const { txns } = JSON.parse(readFileSync(plan.history, 'utf8'))
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const [writer, reader] = plan.people.slice(0, 2).map((seat) => new Client(plan.kind, seat))
await writer.open()
await reader.open()
await sleep(300)
console.log('start')
await sleep(200)
const text = writer.doc.getText(plan.root)
const before = text.length
let number = 0
for (const { patches } of txns) {
  for (const [at, removed, typed] of patches) {
    writer.doc.transact(() => {
      if (removed) text.delete(before + at, removed)
      if (typed) text.insert(before + at, typed)
    })
  }
  // Like a fast line: what has been sent is on its way before more is made.
  if (++number % 200 === 0) while (writer.socket.bufferedAmount > 65_536) await sleep(1)
  if (number % 50 === 0) await new Promise(setImmediate)
}
const deadline = Date.now() + 180_000
const whole = () => reader.doc.getText(plan.root).length === text.length && reader.doc.getText(plan.root).toString() === text.toString()
while (!whole() && Date.now() < deadline) await sleep(20)
console.log('end')
await sleep(100)
console.log(JSON.stringify({ updates: txns.length, whole: whole() }))
writer.close()
reader.close()
await sleep(200)
process.exit(0)
