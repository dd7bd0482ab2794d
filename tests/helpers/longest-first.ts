import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, so that the end of a run is not one of them alone: those that mostly wait beside those that compute. */
const LONGEST = [
  ...['cli/embedded-restart', 'pages/pages', 'import/resume', 'cli/lifecycle', 'readme'],
  ...['db/embedded/embedded', 'import/run', 'backup/backup', 'server/graphiql/graphiql'],
  ...['sync/cli', 'import/formats', 'server/whole-answers', 'domain/write/topics'],
  ...['server/deadline', 'db/client', 'server/stream/streams', 'export/round-trips', 'cli/cli'],
].map((name) => `tests/${name}.test.ts`)

/** Vitest knows how long files take from the second run on, and begins with the largest in the first. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}
