/** PostGraphile 5 on grafserv's node:http adaptor, with its production settings. */
import { createServer } from 'node:http'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'

const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ['public'],
      poolConfig: { max: Number(process.env.POOL_SIZE) },
    }),
  ],
  schema: { defaultBehavior: 'connection list', exportSchemaSDLPath: process.env.SDL_PATH },
  grafserv: { graphqlPath: '/graphql', graphiql: false, websockets: false, watch: false },
  grafast: { explain: false },
}

const serv = postgraphile(preset).createServ(grafserv)
const server = createServer()
server.on('error', (error) => {
  throw error
})
await serv.addTo(server)
server.listen(Number(process.env.PORT), '127.0.0.1')
