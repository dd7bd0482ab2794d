import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The slowest files, so that none of them ends the run alone: files that mostly wait are beside files that compute. */
const LONGEST = [
  ...['cli/embedded-restart', 'pages/pages', 'import/resume', 'cli/lifecycle', 'readme'],
  ...['db/embedded/embedded', 'import/run', 'backup/backup', 'server/graphiql/graphiql'],
  ...['sync/cli', 'import/formats', 'server/whole-answers', 'domain/write/topics'],
  ...['server/deadline', 'db/client', 'server/stream/streams', 'export/round-trips', 'cli/cli'],
].map((name) => `tests/${name}.test.ts`)

/** From the second run, Vitest knows the duration of files; in the first it begins with the largest. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}
