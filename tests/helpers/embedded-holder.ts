import { openEmbedded } from '../../src/db/embedded/embedded.ts'
import { AppError } from '../../src/errors.ts'

/**
 * A process that uses the embedded server of the folder in its first argument until SIGTERM; like `serve` if the second argument is
 * `serve`. Prints one line: `ready <url>`, or `refused <message>`.
 */
const [folder = '', role] = process.argv.slice(2)

try {
  const server = await openEmbedded(folder)
  const staysAlive = setInterval(() => {}, 60_000)
  process.once('SIGTERM', async () => {
    await server.close()
    clearInterval(staysAlive)
  })
  if (role === 'serve') {
    await server.claimServe().catch(async (error) => {
      await server.close()
      clearInterval(staysAlive)
      throw error
    })
    await server.announce('http://127.0.0.1:4000')
  }
  console.log(`ready ${server.url}`)
} catch (error) {
  console.log(`refused ${error instanceof AppError ? error.message : String(error)}`)
  process.exitCode = 1
}
