// Everybody joins one room within a second: when had each the whole text? What a client's library then takes to read
// it costs the same whoever sent it, and is done when all have come.
import { Client } from './line.mjs'

const plan = JSON.parse(process.argv[2])
// plan: { kind, people, seconds, root }
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
console.log('start')
await sleep(100)
const waits = await Promise.all(
  plan.people.map(async (seat, number) => {
    await sleep((plan.seconds * 1000 * number) / plan.people.length)
    const client = new Client(plan.kind, seat, { later: true })
    const at = performance.now()
    await client.open()
    return { wait: client.arrived - at, client }
  }),
)
console.log('end')
await sleep(100)
const slowest = Math.max(...waits.map(({ wait }) => wait))
const texts = new Map() // answers are mostly the same bytes: each is read once
for (const { client } of waits) {
  const key = Buffer.from(client.answer).toString('latin1')
  if (!texts.has(key)) texts.set(key, (client.read(client.answer), client.doc.getText(plan.root).toString()))
}
const [first] = texts.values()
console.log(JSON.stringify({ slowest, whole: first.length > 0 && [...texts.values()].every((text) => text === first) }))
for (const { client } of waits) client.close()
await sleep(200)
process.exit(0)
