// Everybody joins one room within a second: when had each the whole text?
import { Client } from './line.mjs'

const plan = JSON.parse(process.argv[2])
// plan: { kind, people, seconds, length, root }
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
console.log('start')
await sleep(100)
const began = performance.now()
const waits = await Promise.all(
  plan.people.map(async (seat, number) => {
    await sleep((plan.seconds * 1000 * number) / plan.people.length)
    const client = new Client(plan.kind, seat)
    const at = performance.now()
    await client.open()
    const wait = performance.now() - at
    return { wait, done: performance.now() - began, length: client.doc.getText(plan.root).length, client }
  }),
)
console.log('end')
await sleep(100)
const slowest = Math.max(...waits.map(({ wait }) => wait))
const last = Math.max(...waits.map(({ done }) => done))
console.log(JSON.stringify({ slowest, last, whole: waits.every(({ length }) => length === waits[0].length && length > 0) }))
for (const { client } of waits) client.close()
await sleep(200)
process.exit(0)
