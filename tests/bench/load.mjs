/** A separate process that runs one job against one peer and prints the figures as JSON. The job comes on stdin. */
import { text } from 'node:stream/consumers'
import autocannon from 'autocannon'

const job = JSON.parse(await text(process.stdin))
await fire(job.warmupSeconds)
const result = await fire(job.seconds)
const { latency, requests } = result
const failures = result.non2xx + result.errors + result.timeouts + result.mismatches + result.resets
const figures = {
  perSecond: requests.total / result.duration,
  p50: latency.p50,
  p99: latency.p99,
  requests: requests.total,
  failures,
}
process.stdout.write(JSON.stringify(figures))

function fire(seconds) {
  let client = 0
  const step = Math.floor(job.requests.length / job.connections)
  return autocannon({
    url: job.url,
    connections: job.connections,
    duration: seconds,
    method: 'POST',
    verifyBody: (body) => !body.includes('"errors":'),
    requests: job.requests,
    /** Each connection starts at another place in the list, so that they do not request the same row at once. */
    setupClient(one) {
      const from = client++ * step
      one.setRequests([...job.requests.slice(from), ...job.requests.slice(0, from)])
    },
  })
}
